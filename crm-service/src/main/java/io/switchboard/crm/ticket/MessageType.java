package io.switchboard.crm.ticket;

import com.fasterxml.jackson.annotation.JsonValue;
import io.switchboard.kit.http.EnumParam;

/** Who speaks in a message; what the system notes is internal. */
public enum MessageType {
    CUSTOMER,
    AGENT,
    SYSTEM,
    AI;

    static MessageType of(String wire) {
        return EnumParam.fromWire(MessageType.class, wire);
    }

    /** As on the wire and in the database. */
    @JsonValue
    public String wire() {
        return EnumParam.wire(this);
    }
}
