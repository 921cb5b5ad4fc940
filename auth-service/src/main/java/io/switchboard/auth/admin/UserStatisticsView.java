package io.switchboard.auth.admin;

import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A user with figures, for admins and operators.
 *
 * @param openSessions sign-ins that have not ended
 * @param agents as the two after it: a figure of voice-service; null if unknown
 * @param callsThisMonth calls of the user's voice agents that are over
 */
public record UserStatisticsView(
        UUID id,
        UUID orgId,
        String email,
        String fullName,
        String role,
        String subscriptionTier,
        int maxAgents,
        long monthlyTokenQuota,
        boolean isActive,
        @Nullable OffsetDateTime lastLoginAt,
        long openSessions,
        OffsetDateTime createdAt,
        @Nullable Long agents,
        @Nullable Long callsThisMonth,
        @Nullable Long tokensThisMonth) {

    UserStatisticsView with(VoiceUserStatistics.UserFigures figures) {
        return new UserStatisticsView(
                id,
                orgId,
                email,
                fullName,
                role,
                subscriptionTier,
                maxAgents,
                monthlyTokenQuota,
                isActive,
                lastLoginAt,
                openSessions,
                createdAt,
                figures.agents(),
                figures.callsThisMonth(),
                figures.tokensThisMonth());
    }
}
