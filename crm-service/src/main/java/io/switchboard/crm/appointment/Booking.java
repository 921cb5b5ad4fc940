package io.switchboard.crm.appointment;

import java.time.OffsetDateTime;
import java.util.UUID;

/** The time of a person that an appointment needs. */
record Booking(UUID appointmentId, UUID assigneeId, OffsetDateTime scheduledAt, int durationMinutes) {}
