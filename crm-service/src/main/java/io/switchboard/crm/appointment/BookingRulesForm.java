package io.switchboard.crm.appointment;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.hibernate.validator.constraints.UniqueElements;
import org.jspecify.annotations.Nullable;

/**
 * The rules of an organization's bookings; the ones that are left out are as usual. The table has the same bounds.
 *
 * @param slotMinutes how far apart the beginnings are that are offered
 * @param bufferMinutes are kept free after an appointment
 * @param reminderMinutes how long before the beginning reminders are sent
 * @param assignees who can be booked; empty: every active admin and agent
 */
public record BookingRulesForm(
        @Nullable @Min(5) @Max(1_440) Integer slotMinutes,
        @Nullable @Min(0) @Max(240) Integer bufferMinutes,
        @Nullable @Min(0) @Max(43_200) Integer minimumNoticeMinutes,
        @Nullable @Min(1) @Max(365) Integer horizonDays,

        @Nullable @Size(max = 5) @UniqueElements List<@NotNull @Min(5) @Max(20_160) Integer> reminderMinutes,

        @Nullable @Size(max = 50) @UniqueElements List<@NotNull UUID> assignees) {

    public BookingRulesForm {
        slotMinutes = slotMinutes == null ? 30 : slotMinutes;
        bufferMinutes = bufferMinutes == null ? 0 : bufferMinutes;
        minimumNoticeMinutes = minimumNoticeMinutes == null ? 60 : minimumNoticeMinutes;
        horizonDays = horizonDays == null ? 60 : horizonDays;
        reminderMinutes = reminderMinutes == null ? List.of(1_440, 60) : reminderMinutes;
        assignees = assignees == null ? List.of() : assignees;
    }
}
