package io.switchboard.crm.ticket;

import com.fasterxml.jackson.annotation.JsonValue;
import io.switchboard.kit.http.EnumParam;

/** How far a ticket has come. Which steps are legal, the database decides: {@code follow_ticket_status}. */
public enum TicketStatus {
    NEW,
    OPEN,
    PENDING,
    RESOLVED,
    CLOSED;

    static TicketStatus of(String wire) {
        return EnumParam.fromWire(TicketStatus.class, wire);
    }

    /** As on the wire and in the database. */
    @JsonValue
    public String wire() {
        return EnumParam.wire(this);
    }
}
