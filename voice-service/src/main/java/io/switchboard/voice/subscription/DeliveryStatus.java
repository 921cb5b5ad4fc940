package io.switchboard.voice.subscription;

import com.fasterxml.jackson.annotation.JsonValue;
import io.switchboard.kit.http.EnumParam;

/** What became of an event on its way to one subscription. */
public enum DeliveryStatus {
    /** Waiting, also to be tried again. */
    PENDING,
    /** Answered with a 2xx. */
    DELIVERED,
    /** Given up. */
    FAILED;

    /** As on the wire and in the database. */
    @JsonValue
    public String wire() {
        return EnumParam.wire(this);
    }
}
