package io.switchboard.crm.notification;

import com.fasterxml.jackson.annotation.JsonValue;
import io.switchboard.kit.http.EnumParam;

/** How a notification reaches its user. */
public enum NotificationChannel {
    APP,
    EMAIL,
    WEBHOOK;

    static NotificationChannel of(String wire) {
        return EnumParam.fromWire(NotificationChannel.class, wire);
    }

    /** As on the wire and in the database. */
    @JsonValue
    public String wire() {
        return EnumParam.wire(this);
    }
}
