package io.switchboard.crm.contact;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How far a contact has come: forward one step at a time, anything may be lost, and what is lost contacted again. */
public enum LeadStatus {
    NEW,
    CONTACTED,
    QUALIFIED,
    BOOKED,
    CONVERTED,
    LOST;

    static LeadStatus of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }

    /** As on the wire and in the database. */
    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a person may move a lead there; that a booking may jump is the booking's own business. */
    boolean leadsTo(LeadStatus next) {
        return next == this
                || next == LOST
                || this == LOST && next == CONTACTED
                || ordinal() < CONVERTED.ordinal() && next.ordinal() == ordinal() + 1;
    }
}
