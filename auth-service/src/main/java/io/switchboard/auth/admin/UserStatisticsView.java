package io.switchboard.auth.admin;

import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A user with figures, for admins and operators.
 *
 * @param openSessions sign-ins that have not ended
 * @param agents as the two after it: a figure of voice-service; null until that counts by user
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
        @Nullable Long tokensThisMonth) {}
