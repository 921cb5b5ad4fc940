package io.switchboard.voice.subscription;

import com.fasterxml.jackson.annotation.JsonValue;
import io.switchboard.kit.http.EnumParam;

/** Whether a subscription is sent events. */
public enum SubscriptionStatus {
    ACTIVE,
    /** By an admin, or because its receiver has failed for too long or said that it is gone. */
    DISABLED;

    /** As on the wire and in the database. */
    @JsonValue
    public String wire() {
        return EnumParam.wire(this);
    }
}
