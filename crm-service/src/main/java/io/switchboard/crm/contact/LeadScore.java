package io.switchboard.crm.contact;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How likely a contact is to buy. */
public enum LeadScore {
    HOT,
    WARM,
    COLD;

    /** As on the wire and in the database. */
    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
