package io.switchboard.crm.notification;

import com.fasterxml.jackson.annotation.JsonValue;
import io.switchboard.kit.http.EnumParam;

/** What the user has done with a notification. It never goes back. */
public enum NotificationStatus {
    UNREAD,
    READ,
    ARCHIVED;

    static NotificationStatus of(String wire) {
        return EnumParam.fromWire(NotificationStatus.class, wire);
    }

    /** As on the wire and in the database. */
    @JsonValue
    public String wire() {
        return EnumParam.wire(this);
    }
}
