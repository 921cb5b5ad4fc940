package io.switchboard.voice.webhook;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.switchboard.kit.request.Origin;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Notes when the secret before the last rotation still verified a delivery: until that ends, the provider has not been given the new one.
 * Once a minute an endpoint, and beside the delivery.
 */
@ApplicationScoped
class PreviousSecretUse {
    private static final Logger LOG = Logger.getLogger(PreviousSecretUse.class);

    private static final String NOTE = "update webhook_endpoints set previous_last_used_at = now()"
            + " where org_id = $1 and id = $2 and previous_valid_until = $3"
            + " and (previous_last_used_at is null or previous_last_used_at < now() - interval '50 seconds')";

    private final TenantSql sql;
    private final String service;
    private final Cache<Rotated, Boolean> noted = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofMinutes(1))
            .build();

    PreviousSecretUse(TenantSql sql, @ConfigProperty(name = "quarkus.application.name") String service) {
        this.sql = sql.forWorkers();
        this.service = service;
    }

    /** Each rotation is noted on its own. */
    private record Rotated(UUID endpoint, Instant until) {}

    void note(CachedEndpoint endpoint) {
        var until = endpoint.previousValidUntil();
        if (until == null || noted.asMap().putIfAbsent(new Rotated(endpoint.id(), until), true) != null) {
            return;
        }
        var caller = CallerContext.Value.service(endpoint.orgId(), service, Origin.worker());
        sql.execute(caller, NOTE, Tuple.of(endpoint.orgId(), endpoint.id(), until.atOffset(ZoneOffset.UTC)))
                .subscribe()
                .with(
                        updated -> {},
                        failure -> LOG.debugf("The use of a previous secret was not noted: %s", failure.getMessage()));
    }
}
