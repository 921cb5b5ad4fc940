package io.switchboard.auth.organization;

import io.switchboard.kit.member.Closure;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.text.NullOrNotBlank;
import io.switchboard.kit.text.SmallJson;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the admins of an organization may change about it. */
public record OrganizationForm(
        @NotNull @NullOrNotBlank @Size(max = 200) String name,

        @Nullable @Size(max = 253) @Pattern(regexp = "[a-z0-9-]+(\\.[a-z0-9-]+)+", message = "must be a domain name")
        String domain,

        @NotNull @NullOrNotBlank @Size(max = 64) String timeZone, // IANA
        @NotNull @NullOrNotBlank String defaultRegion, // ISO 3166

        @NotNull
        Map<
                        @Pattern(regexp = DAYS, message = "must be a day of the week") String,
                        @NotNull @Size(max = 12) List<@NotNull @Valid Hours>>
                businessHours,

        @Size(max = 366) List<@NotNull @Valid Closure> closures,
        boolean requireTotp, // of admins
        @Size(max = 100) @SmallJson Map<String, Object> metadata) {
    private static final String DAYS = "monday|tuesday|wednesday|thursday|friday|saturday|sunday";
    private static final String TIME = "([01][0-9]|2[0-3]):[0-5][0-9]";

    /** A stretch of opening hours, local time. */
    public record Hours(
            @NotNull @Pattern(regexp = TIME, message = "must be a time as 09:00")
            String from,

            @NotNull @Pattern(regexp = TIME + "|24:00", message = "must be a time as 17:30")
            String to) {}

    public OrganizationForm {
        closures = closures == null ? List.of() : closures;
        metadata = metadata == null ? Map.of() : metadata;
    }

    /**
     * The form itself. Fails with {@code invalid} for an unknown country, for hours and closures that end before they begin, and for
     * a closure on a day that no calendar has. Time zones are the database's to check.
     */
    OrganizationForm checked() {
        if (!List.of(Locale.getISOCountries()).contains(defaultRegion)) {
            throw Problem.invalid("defaultRegion", "must be a country of ISO 3166, such as DE");
        }
        if (businessHours.values().stream()
                .flatMap(List::stream)
                .anyMatch(hours -> hours.from().compareTo(hours.to()) >= 0)) {
            throw Problem.invalid("businessHours", "must end after they begin");
        }
        for (int i = 0; i < closures.size(); i++) {
            check(closures.get(i), "closures[" + i + "].");
        }
        return this;
    }

    private static void check(Closure closure, String path) {
        if (date(closure.to(), path + "to").isBefore(date(closure.from(), path + "from"))) {
            throw Problem.invalid(path + "to", "must not be before from");
        }
    }

    private static LocalDate date(String text, String field) {
        try {
            var date = LocalDate.parse(text);
            if (date.getYear() > 0) {
                return date;
            }
        } catch (DateTimeException e) {
            // refused below
        }
        throw Problem.invalid(field, Closure.INVALID);
    }
}
