package io.switchboard.voice.delivery;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.request.Origin;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The deliveries that are due, in SQL. */
@ApplicationScoped
class DeliveryQueue {
    /** Longer than a try takes with all its time-outs. */
    static final Duration LEASE = Duration.ofSeconds(40);

    private static final String CLAIM =
            "select org_id, id, subscription_id, event_id, body, lease, url, secret, previous_secret"
                    + " from claim_subscription_deliveries($1, $2, $3, $4, $5, $6)";
    private static final String FINISH = "select finish_subscription_delivery($1, $2, $3, $4, $5, $6, $7) as status";

    private final TenantSql sql;
    private final String service;

    DeliveryQueue(TenantSql sql, @ConfigProperty(name = "quarkus.application.name") String service) {
        this.sql = sql.forWorkers();
        this.service = service;
    }

    /** @param held what the worker works on */
    Uni<List<ClaimedDelivery>> claim(
            List<ClaimedDelivery> held, int atMost, int eachOrganization, int eachSubscription) {
        var args = Tuple.of(
                ids(held, ClaimedDelivery::orgId),
                ids(held, ClaimedDelivery::subscriptionId),
                atMost,
                eachOrganization,
                eachSubscription,
                seconds(LEASE));
        return sql.crossTenant(CLAIM, args).map(rows -> StreamSupport.stream(rows.spliterator(), false)
                .map(ClaimedDelivery::of)
                .toList());
    }

    Uni<?> release(List<ClaimedDelivery> deliveries) {
        return sql.crossTenant(
                "select release_subscription_deliveries($1)",
                Tuple.tuple().addArrayOfUUID(ids(deliveries, ClaimedDelivery::lease)));
    }

    /** Stores the outcome, if the lease is still held; that may disable the subscription. */
    Uni<?> finish(ClaimedDelivery delivery, DeliveryResult result) {
        var caller = CallerContext.Value.service(delivery.orgId(), service, Origin.worker());
        return sql.call(
                caller,
                FINISH,
                Tuple.of(
                        delivery.lease(),
                        seconds(result.took()),
                        result.status(),
                        result.excerpt(),
                        result.failure(),
                        result.retryAfter() == null ? null : seconds(result.retryAfter()),
                        result.isGone()));
    }

    private static UUID[] ids(List<ClaimedDelivery> deliveries, Function<ClaimedDelivery, UUID> id) {
        return deliveries.stream().map(id).toArray(UUID[]::new);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
