package io.switchboard.audit.log;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Keeps partitions ready for the months to come. Three are made ahead, so that a failure has a season to be seen. */
@ApplicationScoped
class Partitions {
    private static final Logger LOG = Logger.getLogger(Partitions.class);

    private final TenantSql sql;
    private final Vertx vertx;
    private long timer;

    Partitions(TenantSql sql, Vertx vertx) {
        this.sql = sql.forWorkers();
        this.vertx = vertx;
    }

    void start(@Observes StartupEvent event) {
        ensure();
        timer = vertx.setPeriodic(TimeUnit.DAYS.toMillis(1), again -> ensure());
    }

    void stop(@Observes ShutdownEvent event) {
        vertx.cancelTimer(timer);
    }

    private void ensure() {
        sql.crossTenant("select ensure_partitions()", Tuple.tuple())
                .subscribe()
                .with(
                        made -> {},
                        failure ->
                                LOG.warnf("Partitions of audit_logs were not looked after: %s", failure.getMessage()));
    }
}
