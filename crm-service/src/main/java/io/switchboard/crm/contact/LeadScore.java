package io.switchboard.crm.contact;

import com.fasterxml.jackson.annotation.JsonValue;
import io.switchboard.kit.http.EnumParam;
import org.jspecify.annotations.Nullable;

/** How likely a contact is to buy. */
public enum LeadScore {
    HOT,
    WARM,
    COLD;

    static @Nullable LeadScore of(@Nullable String wire) {
        return EnumParam.fromWire(LeadScore.class, wire);
    }

    static @Nullable String wire(@Nullable LeadScore score) {
        return score == null ? null : score.wire();
    }

    /** As on the wire and in the database. */
    @JsonValue
    public String wire() {
        return EnumParam.wire(this);
    }
}
