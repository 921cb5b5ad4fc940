package io.switchboard.voice.provider.telnyx;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchboard.voice.callevent.CallKey;
import io.switchboard.voice.callevent.CleanField;
import io.switchboard.voice.provider.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The payload of an event of call control. */
record TelnyxPayload(JsonNode json) {
    /** As {@link TelnyxNames} finds it. */
    @Nullable
    String callId() {
        String leg = id("/call_leg_id");
        return leg == null ? id("/call_control_id") : leg;
    }

    List<CallKey> keys(String callId) {
        return TelnyxCallKeys.of(callId, id("/call_leg_id"), id("/call_control_id"), id("/call_session_id"));
    }

    /** Null unless it is text or a number. */
    @Nullable
    String text(String pointer) {
        JsonNode found = json.at(pointer);
        return found.isTextual() || found.isNumber() ? Json.text(found, "") : null;
    }

    private @Nullable String id(String pointer) {
        JsonNode found = json.at(pointer);
        return found.isTextual() ? CleanField.orNull(found.asText()) : null;
    }
}
