package io.switchboard.auth.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An organization, or the suite, in figures.
 *
 * @param activeUsers users who have signed in within 30 days
 * @param agents as the three after it: a figure of voice-service; null if unknown
 * @param voice available or unavailable: whether voice-service gave its figures
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record StatisticsView(
        long organizations,
        long users,
        Map<String, Object> usersByRole,
        Map<String, Object> usersByTier,
        long activeUsers,
        long clients,
        @Nullable Long agents,
        @Nullable Long calls,
        @Nullable Long callsThisMonth,
        @Nullable Long tokensThisMonth,
        String voice) {

    static StatisticsView of(Statistics.Counts counts, VoiceStatistics figures) {
        return new StatisticsView(
                counts.organizations(),
                counts.users(),
                counts.usersByRole(),
                counts.usersByTier(),
                counts.activeUsers(),
                counts.clients(),
                figures.agents(),
                figures.calls(),
                figures.callsThisMonth(),
                figures.tokensThisMonth(),
                figures.voice());
    }
}
