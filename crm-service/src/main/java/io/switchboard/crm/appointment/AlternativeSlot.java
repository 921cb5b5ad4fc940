package io.switchboard.crm.appointment;

import java.time.OffsetDateTime;

/** A time that can be booked in place of one that is taken. */
public record AlternativeSlot(OffsetDateTime start, OffsetDateTime end) {}
