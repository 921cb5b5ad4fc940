package io.switchboard.voice.analytics;

import com.fasterxml.jackson.annotation.JsonValue;
import io.switchboard.kit.http.EnumParam;

/** How far a rebuild is. */
public enum RebuildStatus {
    QUEUED,
    RUNNING,
    COMPLETED,
    FAILED;

    @JsonValue
    public String wire() {
        return EnumParam.wire(this);
    }
}
