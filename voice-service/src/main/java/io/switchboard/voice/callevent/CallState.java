package io.switchboard.voice.callevent;

import com.fasterxml.jackson.annotation.JsonValue;
import io.switchboard.kit.http.EnumParam;
import org.jspecify.annotations.Nullable;

/** How far a call has come, earliest first. It only goes on: news of an earlier state changes nothing. */
public enum CallState {
    /** Not told yet, or given up without news of its end. */
    UNKNOWN,
    /** To be placed. */
    QUEUED,
    /** Not answered yet. */
    RINGING,
    IN_PROGRESS,
    /** Answered, and being handed to another number. */
    FORWARDING,
    /** Over, answered or not. */
    ENDED;

    /** The later one of both. */
    public CallState then(CallState other) {
        return other.compareTo(this) > 0 ? other : this;
    }

    /** True where this state proves that the call was answered; null where it proves nothing. */
    public @Nullable Boolean answered() {
        return this == IN_PROGRESS || this == FORWARDING ? Boolean.TRUE : null;
    }

    /** Whether the other side has at least been rung. */
    public boolean isReached() {
        return compareTo(RINGING) >= 0;
    }

    /** As on the wire and in the database. */
    @JsonValue
    public String wire() {
        return EnumParam.wire(this);
    }
}
