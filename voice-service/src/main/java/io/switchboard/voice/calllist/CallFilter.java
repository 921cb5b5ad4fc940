package io.switchboard.voice.calllist;

import io.switchboard.kit.http.EnumParam;
import io.switchboard.kit.http.Filters;
import io.switchboard.voice.callevent.CallDirection;
import io.switchboard.voice.callevent.CallState;
import jakarta.ws.rs.QueryParam;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Which calls a list shows. An empty filter is an absent one. */
public class CallFilter {
    @QueryParam("clientId")
    @Parameter(description = "The PIN client it belongs to")
    @Nullable
    String clientId;

    @QueryParam("client")
    @Parameter(description = "The same as clientId")
    @Nullable
    String client;

    @QueryParam("assistantId")
    @Parameter(description = "The assistant that took it")
    @Nullable
    String assistantId;

    @QueryParam("assistant")
    @Parameter(description = "The same as assistantId")
    @Nullable
    String assistant;

    @QueryParam("status")
    @Parameter(description = "queued, ringing, in_progress, forwarding, ended or unknown")
    @Nullable
    String status;

    @QueryParam("direction")
    @Parameter(description = "inbound, outbound or web")
    @Nullable
    String direction;

    @QueryParam("number")
    @Parameter(description = "The telephone number of either side in full, however it is written")
    @Nullable
    String number;

    @QueryParam("from")
    @Parameter(description = "Started then or later (RFC 3339)", example = "2026-06-01T00:00:00Z")
    @Nullable
    String from;

    @QueryParam("to")
    @Parameter(description = "Started before then (RFC 3339)", example = "2026-07-01T00:00:00Z")
    @Nullable
    String to;

    @QueryParam("q")
    @Parameter(
            description = "Words of the transcript: all of them, \"in this order\", or one or another, -without these")
    @Nullable
    String q;

    @Nullable
    UUID clientId() {
        return Filters.uuid("clientId", clientId == null || clientId.isBlank() ? client : clientId);
    }

    @Nullable
    UUID assistantId() {
        return Filters.uuid("assistantId", assistantId == null || assistantId.isBlank() ? assistant : assistantId);
    }

    @Nullable
    CallState status() {
        return EnumParam.of(CallState.class, "status", status);
    }

    @Nullable
    CallDirection direction() {
        return EnumParam.of(CallDirection.class, "direction", direction);
    }

    @Nullable
    String number() {
        return Filters.phone("number", number);
    }

    @Nullable
    OffsetDateTime from() {
        return Filters.time("from", from);
    }

    @Nullable
    OffsetDateTime to() {
        return Filters.time("to", to);
    }

    @Nullable
    String words() {
        return Filters.text("q", q);
    }
}
