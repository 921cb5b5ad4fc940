package io.switchboard.crm.availability;

import io.switchboard.kit.http.Filters;
import io.switchboard.kit.problem.Problem;
import jakarta.ws.rs.QueryParam;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Which free times are asked for. */
public class AvailabilityFilter {
    private static final Duration LONGEST = Duration.ofDays(31);
    private static final int FEWEST_MINUTES = 5;
    private static final int MOST_MINUTES = 1_440;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,6}");

    @QueryParam("from")
    @Parameter(description = "No slot begins earlier", required = true)
    @Nullable
    String from;

    @QueryParam("to")
    @Parameter(description = "No slot ends later; at most 31 days after from", required = true)
    @Nullable
    String to;

    @QueryParam("durationMinutes")
    @Parameter(
            description = "The length of each slot",
            required = true,
            schema = @Schema(type = SchemaType.INTEGER, minimum = "5", maximum = "1440"))
    @Nullable
    String durationMinutes;

    @QueryParam("assigneeId")
    @Parameter(description = "Only when this user is free; without it, when anybody is who can be booked")
    @Nullable
    String assigneeId;

    OffsetDateTime from() {
        return required("from", Filters.time("from", from));
    }

    OffsetDateTime to() {
        var to = required("to", Filters.time("to", this.to));
        var length = Duration.between(from(), to);
        if (length.isNegative() || length.compareTo(LONGEST) > 0) {
            throw Problem.invalid("to", "must be after from, by at most " + LONGEST.toDays() + " days");
        }
        return to;
    }

    int durationMinutes() {
        var text = required("durationMinutes", Filters.text("durationMinutes", durationMinutes));
        if (!NUMBER.matcher(text).matches()) {
            throw Filters.invalid("durationMinutes", "is a number of minutes");
        }
        var minutes = Integer.parseInt(text);
        if (minutes < FEWEST_MINUTES || minutes > MOST_MINUTES) {
            throw Problem.invalid("durationMinutes", "must be from " + FEWEST_MINUTES + " to " + MOST_MINUTES);
        }
        return minutes;
    }

    @Nullable
    UUID assigneeId() {
        return Filters.uuid("assigneeId", assigneeId);
    }

    private static <T> T required(String field, @Nullable T value) {
        if (value == null) {
            throw Problem.invalid(field, "must not be missing");
        }
        return value;
    }
}
