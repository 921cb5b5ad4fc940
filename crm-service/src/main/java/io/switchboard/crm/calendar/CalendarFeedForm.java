package io.switchboard.crm.calendar;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a feed is to show.
 *
 * @param assigneeId whose appointments; null for everybody's
 */
public record CalendarFeedForm(@Nullable UUID assigneeId) {}
