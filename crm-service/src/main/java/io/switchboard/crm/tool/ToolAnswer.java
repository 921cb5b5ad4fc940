package io.switchboard.crm.tool;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.switchboard.kit.text.CleanText;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The answer to a tool call: either a result or an error. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ToolAnswer(
        @Nullable
        @Schema(
                description = "One line to be said aloud",
                examples = "Booked: Cleaning on Tuesday, December 1, 2026 at 3:30 PM, 30 minutes, with Ada Lovelace.")
        String result,

        @Nullable
        @Schema(
                description = "One line to be said aloud: what is missing, or what is free instead",
                examples = "I need the day and the time of the appointment.")
        String error,

        @Nullable
        @Schema(
                description = "What the line says, for programs. With an error: free alternatives, if there are any",
                examples = "{\"appointmentId\": \"0198f2c4-7d3a-7c51-9b1e-2f6a8d4c0e17\"}")
        Map<String, Object> data) {

    static ToolAnswer of(ToolResult result) {
        return new ToolAnswer(CleanText.line(result.line()), null, result.data());
    }

    static ToolAnswer error(String line, @Nullable Map<String, Object> data) {
        return new ToolAnswer(null, CleanText.line(line), data);
    }
}
