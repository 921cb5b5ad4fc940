package io.switchboard.voice.inbox;

import com.fasterxml.jackson.annotation.JsonValue;
import io.switchboard.kit.http.EnumParam;

/** What became of an event. */
public enum EventStatus {
    /** Waiting, also to be tried again. */
    PENDING,
    /** Leased to a worker. */
    RUNNING,
    /** Applied, and its effects sent. */
    DONE,
    /** Given up on: a dead letter. */
    DEAD;

    /** As on the wire and in the database. */
    @JsonValue
    public String wire() {
        return EnumParam.wire(this);
    }
}
