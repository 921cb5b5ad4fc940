package io.switchboard.kit.member;

import io.switchboard.kit.text.NullOrNotBlank;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Whole days on which an organization is closed, in its time zone.
 *
 * @param to the last day
 */
public record Closure(
        @NotNull @Pattern(regexp = DATE, message = INVALID) @Schema(format = "date")
        String from,

        @NotNull @Pattern(regexp = DATE, message = INVALID) @Schema(format = "date")
        String to,

        @NotNull @NullOrNotBlank @Size(max = 100) String name) {
    private static final String DATE = "\\d{4}-\\d{2}-\\d{2}";

    public static final String INVALID = "must be a date as 2026-12-24, of the years 1 to 9999";

    /** As the database keeps them. */
    public static JsonArray json(List<Closure> closures) {
        return new JsonArray(closures.stream().map(JsonObject::mapFrom).toList());
    }

    public static List<Closure> list(JsonArray closures) {
        return closures.stream()
                .map(closure -> ((JsonObject) closure).mapTo(Closure.class))
                .toList();
    }
}
