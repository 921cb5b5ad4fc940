package io.switchboard.auth.login;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

/** Now and then removes what has run out: sessions, tokens, devices, invitations and counters. Any replica may. */
@ApplicationScoped
class Expiry {
    private static final Logger LOG = Logger.getLogger(Expiry.class);
    private static final long EVERY_MILLIS = 600_000;

    private final TenantSql sql;
    private final Vertx vertx;
    private long timer;

    Expiry(TenantSql sql, Vertx vertx) {
        this.sql = sql;
        this.vertx = vertx;
    }

    void start(@Observes StartupEvent event) {
        timer = vertx.setPeriodic(EVERY_MILLIS, tick -> forget());
    }

    void stop(@Observes ShutdownEvent event) {
        vertx.cancelTimer(timer);
    }

    private void forget() {
        sql.across("select forget_expired()", Tuple.tuple())
                .subscribe()
                .with(done -> {}, failure -> LOG.warnf("Expired things stay for now: %s", failure.getMessage()));
    }
}
