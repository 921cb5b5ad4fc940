package io.switchboard.crm.calendar;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a calendar shows of an appointment. Its texts may hold anything.
 *
 * @param status by the word of the wire: pending, confirmed, …
 * @param sequence rises with each change of time, length or status
 */
public record CalendarAppointment(
        UUID id,
        Instant start,
        Instant end,
        String summary,
        @Nullable String description,
        String status,
        int sequence,
        Instant updatedAt) {}
