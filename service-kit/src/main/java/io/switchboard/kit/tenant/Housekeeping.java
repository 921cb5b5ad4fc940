package io.switchboard.kit.tenant;

import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Does the service's chores, over and over. */
@ApplicationScoped
class Housekeeping {
    private static final Logger LOG = Logger.getLogger(Housekeeping.class);

    private final List<Chore> chores;
    private final TenantSql sql;
    private final Vertx vertx;
    private final Duration every;
    private long timer;

    Housekeeping(
            @All List<Chore> chores,
            TenantSql sql,
            Vertx vertx,
            @ConfigProperty(name = "switchboard.housekeeping", defaultValue = "1m") Duration every) {
        this.chores = chores;
        this.sql = sql;
        this.vertx = vertx;
        this.every = every;
    }

    void start(@Observes StartupEvent event) {
        timer = vertx.setPeriodic(every.toMillis(), round -> chores.forEach(this::attend));
    }

    void stop(@Observes ShutdownEvent event) {
        vertx.cancelTimer(timer);
    }

    private void attend(Chore chore) {
        sql.across(chore.statement(), Tuple.tuple())
                .chain(chore::follow)
                .subscribe()
                .with(
                        done -> {},
                        failure -> LOG.warnf("'%s' waits a turn: %s", chore.statement(), failure.getMessage()));
    }
}
