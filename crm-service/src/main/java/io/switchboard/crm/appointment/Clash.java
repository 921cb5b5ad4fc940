package io.switchboard.crm.appointment;

import java.time.OffsetDateTime;
import java.util.UUID;

/** The appointment that has the time of another one. */
public record Clash(UUID id, OffsetDateTime scheduledAt, OffsetDateTime endsAt) {}
