package io.switchboard.voice.usage;

import com.fasterxml.jackson.annotation.JsonValue;
import io.switchboard.kit.http.EnumParam;

/** Where a run came from: its owner reported it, or it was a call or a conversation. */
public enum RunSource {
    API,
    CALL,
    WIDGET;

    @JsonValue
    public String wire() {
        return EnumParam.wire(this);
    }
}
