package io.switchboard.voice.statistics;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What this service counts. Agents and tokens join in with the features that they belong to.
 *
 * @param callsThisMonth those that have begun since the month has, UTC
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record StatisticsView(long calls, long callsThisMonth) {}
