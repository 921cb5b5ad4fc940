package io.switchboard.auth.admin;

import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A user as admins and operators see it.
 *
 * @param openSessions sign-ins that are neither signed out nor run out
 * @param agents as the two after it: voice-service's figure, null as long as it keeps none
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
