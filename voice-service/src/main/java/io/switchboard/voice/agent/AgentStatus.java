package io.switchboard.voice.agent;

import com.fasterxml.jackson.annotation.JsonValue;
import io.switchboard.kit.http.EnumParam;

/** Whether a voice agent answers: only active ones do. */
public enum AgentStatus {
    DRAFT,
    ACTIVE,
    PAUSED;

    @JsonValue
    public String wire() {
        return EnumParam.wire(this);
    }
}
