package io.switchboard.crm.notification;

import com.fasterxml.jackson.annotation.JsonValue;
import io.switchboard.kit.http.EnumParam;

/** What a notification is about. */
public enum NotificationType {
    HOT_LEAD,
    APPOINTMENT_BOOKED,
    APPOINTMENT_REMINDER,
    MISSED_CALL,
    TICKET_ASSIGNED,
    SYSTEM_ALERT,
    TICKET_MESSAGE,
    SLA_BREACH;

    static NotificationType of(String wire) {
        return EnumParam.fromWire(NotificationType.class, wire);
    }

    /** As on the wire and in the database. */
    @JsonValue
    public String wire() {
        return EnumParam.wire(this);
    }
}
