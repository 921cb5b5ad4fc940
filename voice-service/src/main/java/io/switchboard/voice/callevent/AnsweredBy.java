package io.switchboard.voice.callevent;

import com.fasterxml.jackson.annotation.JsonValue;
import io.switchboard.kit.http.EnumParam;

/** Who answered a call, as its provider recognised it. */
public enum AnsweredBy {
    HUMAN,
    /** A voicemail, a fax, or another machine. */
    MACHINE,
    /** The provider looked, and could not tell. */
    UNKNOWN;

    /** As on the wire and in the database. */
    @JsonValue
    public String wire() {
        return EnumParam.wire(this);
    }
}
