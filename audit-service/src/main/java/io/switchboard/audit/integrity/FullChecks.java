package io.switchboard.audit.integrity;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.switchboard.kit.request.Origin;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Checks all records of one organization after the other, each once in a while and by one replica at a time. */
@ApplicationScoped
class FullChecks {
    private static final Logger LOG = Logger.getLogger(FullChecks.class);

    private final TenantSql sql;
    private final Integrity integrity;
    private final Duration interval;
    private volatile boolean stopped;

    FullChecks(
            TenantSql sql,
            Integrity integrity,
            @ConfigProperty(name = "switchboard.audit.full-check-interval", defaultValue = "24h") Duration interval) {
        this.sql = sql.forWorkers();
        this.integrity = integrity;
        this.interval = interval;
    }

    @Scheduled(
            every = "${switchboard.audit.full-check-every:10m}",
            delayed = "${switchboard.audit.full-check-every:10m}",
            concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> checkDue() {
        return Uni.createFrom()
                .deferred(this::checkNext)
                .repeat()
                .whilst(checked -> checked && !stopped)
                .collect()
                .last()
                .onFailure()
                .invoke(failure -> LOG.warnf("The check of all records goes on later: %s", failure.getMessage()))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    void stop(@Observes ShutdownDelayInitiatedEvent event) {
        stopped = true;
    }

    /** @return whether there was one to check */
    private Uni<Boolean> checkNext() {
        return sql.crossTenant("select begin_full_check($1) as org", Tuple.of((int) interval.toSeconds()))
                .map(rows -> rows.iterator().next().getUUID("org"))
                .chain(org -> org == null
                        ? Uni.createFrom().item(false)
                        : integrity.checkAll(worker(org)).replaceWith(true));
    }

    private static CallerContext worker(UUID org) {
        return CallerContext.Value.service(org, "audit-service", Origin.worker());
    }
}
