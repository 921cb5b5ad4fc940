package io.switchboard.crm.contact;

import com.fasterxml.jackson.annotation.JsonValue;
import io.switchboard.kit.http.EnumParam;

/** How far a contact has come. Which steps are legal, the database decides: {@code keep_lead_status_legal}. */
public enum LeadStatus {
    NEW,
    CONTACTED,
    QUALIFIED,
    BOOKED,
    CONVERTED,
    LOST;

    static LeadStatus of(String wire) {
        return EnumParam.fromWire(LeadStatus.class, wire);
    }

    /** As on the wire and in the database. */
    @JsonValue
    public String wire() {
        return EnumParam.wire(this);
    }
}
