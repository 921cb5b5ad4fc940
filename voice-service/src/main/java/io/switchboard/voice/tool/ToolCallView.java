package io.switchboard.voice.tool;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.vertx.core.json.JsonObject;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A tool call as its call shows it. */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ToolCallView(
        UUID id,

        @Schema(description = "The provider's id of it", examples = "call_book01")
        String toolCallId,

        @Schema(examples = "book_appointment") String name,

        @Schema(description = "As the assistant gave them", examples = "{\"phone\": \"+15555550142\"}")
        Map<String, Object> arguments,

        @Nullable
        @Schema(
                description = "One line; null with an error, and while there is no answer",
                examples = "Booked: Cleaning on Tuesday, December 1, 2026 at 3:30 PM, 30 minutes.")
        String result,

        @Nullable @Schema(description = "One line", examples = "I need the day and the time of the appointment.")
        String error,

        @Nullable
        @Schema(description = "From its beginning to its answer; 0 where it repeats another one", examples = "42")
        Integer milliseconds,

        @Nullable @Schema(description = "The tool call of the same meaning whose result it has")
        UUID repeats,

        OffsetDateTime createdAt) {

    /** The tool calls of a row of {@code call_logs}, as JSON. */
    public static final String JSON =
            "(select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'toolCallId', t.tool_call_id,"
                    + " 'name', t.name, 'arguments', t.arguments, 'result', t.result, 'error', t.error,"
                    + " 'milliseconds', t.milliseconds, 'repeats', t.first_id, 'createdAt', wire_time(t.created_at))"
                    + " order by t.created_at, t.id), '[]') from tool_calls_of(call_logs.id) t)";

    public static ToolCallView of(JsonObject call) {
        var repeats = call.getString("repeats");
        return new ToolCallView(
                UUID.fromString(call.getString("id")),
                call.getString("toolCallId"),
                call.getString("name"),
                call.getJsonObject("arguments").getMap(),
                call.getString("result"),
                call.getString("error"),
                call.getInteger("milliseconds"),
                repeats == null ? null : UUID.fromString(repeats),
                OffsetDateTime.parse(call.getString("createdAt")));
    }
}
