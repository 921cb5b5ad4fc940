package io.switchboard.voice.callevent;

import com.fasterxml.jackson.annotation.JsonValue;
import io.switchboard.kit.http.EnumParam;

/** Seen from the organization. */
public enum CallDirection {
    INBOUND,
    OUTBOUND,
    /** From a browser: no numbers. */
    WEB;

    /** As on the wire and in the database. */
    @JsonValue
    public String wire() {
        return EnumParam.wire(this);
    }
}
