package io.switchboard.crm.contact;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How likely a contact is to buy. */
public enum LeadScore {
    HOT,
    WARM,
    COLD;

    static @Nullable LeadScore of(@Nullable String wire) {
        return wire == null ? null : valueOf(wire.toUpperCase(Locale.ROOT));
    }

    static @Nullable String wire(@Nullable LeadScore score) {
        return score == null ? null : score.wire();
    }

    /** As on the wire and in the database. */
    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
