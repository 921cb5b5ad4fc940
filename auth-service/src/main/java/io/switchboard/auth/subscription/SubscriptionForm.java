package io.switchboard.auth.subscription;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What operators decide about a subscription.
 *
 * @param maxAgents null for the limit of the tier
 * @param monthlyTokenQuota tokens; null for the limit of the tier
 */
public record SubscriptionForm(
        @NotNull @Pattern(regexp = "free|pro|enterprise", message = "must be free, pro or enterprise")
        String tier,

        @NotNull @Pattern(regexp = "active|past_due|cancelled", message = "must be active, past_due or cancelled")
        String status,

        @Nullable @Min(0) @Max(1_000_000) Integer maxAgents,
        @Nullable @Min(0) @Max(1_000_000_000_000_000L) Long monthlyTokenQuota) {

    /** The same with the limits of the tier that the patch names. */
    SubscriptionForm withTierLimits() {
        return new SubscriptionForm(tier, status, null, null);
    }
}
