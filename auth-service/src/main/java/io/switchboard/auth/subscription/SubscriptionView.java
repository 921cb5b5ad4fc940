package io.switchboard.auth.subscription;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.switchboard.kit.http.Versioned;
import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * A subscription as it is shown, with the limits of its user.
 *
 * @param monthlyTokenQuota tokens
 * @param periodEnd the first moment after it
 * @param version changes with the subscription and with the user, whose limits they are
 */
public record SubscriptionView(
        @JsonIgnore UUID id,
        String tier,
        String status,
        int maxAgents,
        long monthlyTokenQuota,
        OffsetDateTime periodStart,
        OffsetDateTime periodEnd,
        @JsonIgnore int version)
        implements Versioned {}
