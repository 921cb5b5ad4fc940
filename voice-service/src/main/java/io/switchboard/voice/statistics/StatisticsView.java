package io.switchboard.voice.statistics;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What this service counts. Agents and tokens come with their features.
 *
 * @param callsThisMonth calls that started in this month, UTC
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record StatisticsView(long calls, long callsThisMonth) {}
