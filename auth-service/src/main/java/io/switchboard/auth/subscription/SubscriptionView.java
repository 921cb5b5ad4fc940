package io.switchboard.auth.subscription;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.switchboard.kit.http.Versioned;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * A subscription on the wire, with the limits of its user.
 *
 * @param monthlyTokenQuota tokens
 * @param periodEnd exclusive
 * @param version changes with the subscription and with the user, who has the limits
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
        implements Versioned {
    /** What {@link #of} reads, of the view subscription_details. */
    static final String COLUMNS =
            "s.id, s.tier, s.status, s.max_agents, s.monthly_token_quota, s.period_start, s.period_end, s.version";

    static SubscriptionView of(Row row) {
        return new SubscriptionView(
                row.getUUID("id"),
                row.getString("tier"),
                row.getString("status"),
                row.getInteger("max_agents"),
                row.getLong("monthly_token_quota"),
                row.getOffsetDateTime("period_start"),
                row.getOffsetDateTime("period_end"),
                row.getInteger("version"));
    }
}
