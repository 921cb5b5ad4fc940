package io.switchboard.crm.ticket;

import com.fasterxml.jackson.annotation.JsonValue;
import io.switchboard.kit.http.EnumParam;

/** How urgent a ticket is. */
public enum TicketPriority {
    LOW,
    MEDIUM,
    HIGH,
    URGENT;

    static TicketPriority of(String wire) {
        return EnumParam.fromWire(TicketPriority.class, wire);
    }

    /** As on the wire and in the database. */
    @JsonValue
    public String wire() {
        return EnumParam.wire(this);
    }
}
