package io.switchboard.crm.notification;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a notification is about. */
public enum NotificationType {
    HOT_LEAD,
    APPOINTMENT_BOOKED,
    APPOINTMENT_REMINDER,
    MISSED_CALL,
    TICKET_ASSIGNED,
    SYSTEM_ALERT;

    static NotificationType of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }

    /** As on the wire and in the database. */
    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
