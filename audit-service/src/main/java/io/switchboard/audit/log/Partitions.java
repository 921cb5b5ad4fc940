package io.switchboard.audit.log;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/**
 * Creates the partitions of the months to come. Three exist ahead of time, so a failure can be noticed for a season. The function
 * takes a lock: of several replicas, one creates them.
 */
@ApplicationScoped
class Partitions {
    private static final Logger LOG = Logger.getLogger(Partitions.class);

    private final TenantSql sql;

    Partitions(TenantSql sql) {
        this.sql = sql.forWorkers();
    }

    /** Runs at start, too. */
    @Scheduled(every = "24h")
    Uni<Void> ensure() {
        return sql.crossTenant("select ensure_partitions()", Tuple.tuple())
                .replaceWithVoid()
                .onFailure()
                .invoke(failure -> LOG.warnf("Partitions of audit_logs were not created: %s", failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }
}
