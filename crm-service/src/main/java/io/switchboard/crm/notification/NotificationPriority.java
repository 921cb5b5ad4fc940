package io.switchboard.crm.notification;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How urgent a notification is. */
public enum NotificationPriority {
    LOW,
    NORMAL,
    HIGH,
    URGENT;

    static NotificationPriority of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }

    /** As on the wire and in the database. */
    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
