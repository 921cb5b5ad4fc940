package io.switchboard.voice.provider;

import com.fasterxml.jackson.annotation.JsonValue;
import io.switchboard.kit.http.EnumParam;

/** How interested the contact was, as the voice agent judged it. */
public enum LeadScore {
    COLD,
    WARM,
    HOT;

    /** As on the wire and in the database. */
    @JsonValue
    public String wire() {
        return EnumParam.wire(this);
    }
}
