package io.switchboard.kit.member;

import io.switchboard.kit.text.NullOrNotBlank;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

/** A user of an organization as auth-service pushes it; the version orders pushes that overtake each other. */
public record MemberForm(
        @NotNull String name,
        @NotNull @NullOrNotBlank String email,
        @NotNull @NullOrNotBlank String role,
        @NotNull Boolean isActive,
        @Nullable String subscriptionTier,
        @Nullable Integer maxAgents,
        @Nullable Long monthlyTokenQuota,
        @NotNull Long version) {}
