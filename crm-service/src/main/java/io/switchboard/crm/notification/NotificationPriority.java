package io.switchboard.crm.notification;

import com.fasterxml.jackson.annotation.JsonValue;
import io.switchboard.kit.http.EnumParam;

/** How urgent a notification is. */
public enum NotificationPriority {
    LOW,
    NORMAL,
    HIGH,
    URGENT;

    static NotificationPriority of(String wire) {
        return EnumParam.fromWire(NotificationPriority.class, wire);
    }

    /** As on the wire and in the database. */
    @JsonValue
    public String wire() {
        return EnumParam.wire(this);
    }
}
