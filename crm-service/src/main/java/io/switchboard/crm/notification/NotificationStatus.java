package io.switchboard.crm.notification;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What the user has done with a notification. It never goes back. */
public enum NotificationStatus {
    UNREAD,
    READ,
    ARCHIVED;

    static NotificationStatus of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }

    /** As on the wire and in the database. */
    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
