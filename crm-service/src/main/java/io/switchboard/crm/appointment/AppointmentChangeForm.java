package io.switchboard.crm.appointment;

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

/** An appointment's new values. Its contact stays. */
public record AppointmentChangeForm(
        @NotNull @NullOrNotBlank @Size(max = AppointmentForm.LONGEST_SERVICE) @Schema(examples = "Cleaning")
        String serviceType,

        @NotNull OffsetDateTime scheduledAt,

        @NotNull @Min(AppointmentForm.SHORTEST) @Max(AppointmentForm.LONGEST)
        Integer durationMinutes,

        @Nullable UUID assigneeId,
        @NotNull AppointmentStatus status,

        @Nullable
        @Size(max = AppointmentForm.LONGEST_LINK)
        @Pattern(regexp = AppointmentForm.HTTPS, message = AppointmentForm.NO_HTTPS)
        String calendarLink,

        @Nullable @Size(max = AppointmentForm.LONGEST_NOTES) String notes) {}
