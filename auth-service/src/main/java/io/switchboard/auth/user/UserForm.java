package io.switchboard.auth.user;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What others than the user decide about it.
 *
 * @param role null for operators, whose role cannot be changed
 * @param monthlyTokenQuota tokens
 */
public record UserForm(
        @Nullable
        @Pattern(
                regexp = "admin|agent|user|enterprise|customer",
                message = "must be admin, agent, user, enterprise or customer")
        String role,

        @NotNull Boolean isActive,
        @NotNull @Min(0) @Max(1_000_000) Integer maxAgents,
        @NotNull @Min(0) @Max(1_000_000_000_000_000L) Long monthlyTokenQuota) {}
