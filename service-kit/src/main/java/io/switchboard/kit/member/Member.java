package io.switchboard.kit.member;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A user of an organization, by the copy that is kept here.
 *
 * @param isActive false also for a deleted user
 * @param monthlyTokenQuota tokens
 */
public record Member(
        UUID id,
        String name,
        String email,
        String role,
        boolean isActive,
        @Nullable String subscriptionTier,
        @Nullable Integer maxAgents,
        @Nullable Long monthlyTokenQuota) {}
