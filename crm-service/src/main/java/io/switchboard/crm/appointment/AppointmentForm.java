package io.switchboard.crm.appointment;

import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.text.NullOrNotBlank;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An appointment to book.
 *
 * @param assigneeId an active admin or agent
 * @param calendarLink where it is in a calendar of the organization's own
 */
public record AppointmentForm(
        @NotNull UUID contactId,

        @NotNull @NullOrNotBlank @Size(max = LONGEST_SERVICE) @Schema(examples = "Cleaning")
        String serviceType,

        @NotNull @Schema(description = "Of the years 2000 to 2099; may be past")
        OffsetDateTime scheduledAt,

        @NotNull @Min(SHORTEST) @Max(LONGEST) Integer durationMinutes,
        @Nullable UUID assigneeId,

        @Nullable @Size(max = LONGEST_LINK) @Pattern(regexp = HTTPS, message = NO_HTTPS)
        String calendarLink,

        @Nullable @Size(max = LONGEST_NOTES) String notes) {

    static final int SHORTEST = 5;
    static final int LONGEST = 1_440;
    static final int LONGEST_SERVICE = 200;
    static final int LONGEST_NOTES = 5_000;
    static final int LONGEST_LINK = 2_000;

    /** No user before the host, and no character that HTML or a shell gives a meaning. */
    static final String HTTPS = "https://[A-Za-z0-9.-]+(:[0-9]{1,5})?(?=[/?#]|$)[A-Za-z0-9_./~%!$&()*+,;=:@?#-]*";

    static final String NO_HTTPS = "must be a URL that begins with https://";

    private static final OffsetDateTime FIRST = OffsetDateTime.parse("2000-01-01T00:00:00Z");
    private static final OffsetDateTime AFTER_LAST = OffsetDateTime.parse("2100-01-01T00:00:00Z");

    /** Fails with {@code invalid}. The database has the same bounds. */
    static void checkTime(OffsetDateTime scheduledAt) {
        if (scheduledAt.isBefore(FIRST) || !scheduledAt.isBefore(AFTER_LAST)) {
            throw Problem.invalid("scheduledAt", "must be in one of the years 2000 to 2099, in UTC");
        }
    }
}
