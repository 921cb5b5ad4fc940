package io.switchboard.voice.call;

import io.switchboard.kit.http.Choice;
import io.switchboard.kit.problem.Problem;
import jakarta.ws.rs.QueryParam;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Which calls a list is to show; a parameter of resource methods. Empty is as good as absent. */
public class CallFilter {
    private static final int LONGEST = 255;

    /** How far a call has come. */
    enum Status {
        QUEUED,
        RINGING,
        IN_PROGRESS,
        FORWARDING,
        ENDED,
        UNKNOWN
    }

    /** Seen from the organization. */
    enum Direction {
        INBOUND,
        OUTBOUND,
        WEB
    }

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
        return uuid("clientId", given(clientId) == null ? client : clientId);
    }

    @Nullable
    UUID assistantId() {
        return uuid("assistantId", given(assistantId) == null ? assistant : assistantId);
    }

    /** As in the database. */
    @Nullable
    String status() {
        var status = Choice.of(Status.class, "status", this.status);
        return status == null ? null : Choice.wire(status);
    }

    /** As in the database. */
    @Nullable
    String direction() {
        var direction = Choice.of(Direction.class, "direction", this.direction);
        return direction == null ? null : Choice.wire(direction);
    }

    @Nullable
    String number() {
        return text("number", number);
    }

    @Nullable
    OffsetDateTime from() {
        return time("from", from);
    }

    @Nullable
    OffsetDateTime to() {
        return time("to", to);
    }

    @Nullable
    String words() {
        return text("q", q);
    }

    private static @Nullable UUID uuid(String field, @Nullable String value) {
        var id = given(value);
        try {
            return id == null ? null : UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw invalid(field, "is a UUID");
        }
    }

    private static @Nullable OffsetDateTime time(String field, @Nullable String value) {
        var time = given(value);
        try {
            // An offset's plus sign that was not encoded arrives as a space.
            return time == null ? null : OffsetDateTime.parse(time.replace(' ', '+'));
        } catch (DateTimeException e) {
            throw invalid(field, "is a time such as 2026-06-01T00:00:00Z");
        }
    }

    private static @Nullable String text(String field, @Nullable String value) {
        var text = given(value);
        if (text != null && text.length() > LONGEST) {
            throw invalid(field, "has at most " + LONGEST + " characters");
        }
        return text;
    }

    static Problem invalid(String field, String rule) {
        return Problem.badRequest(
                "invalid_filter", field + " " + rule + ".", List.of(new Problem.FieldError(field, rule)));
    }

    private static @Nullable String given(@Nullable String value) {
        return value == null || value.isBlank() ? null : value.strip();
    }
}
