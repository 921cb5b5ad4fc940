package io.switchboard.kit.health;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.switchboard.kit.tenant.TenantSql;
import io.switchboard.kit.token.VerificationKeys;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready when the database answers and the role may serve; the result is cached for a second, so that probes are no load. Shows the
 * key set, but does not require it.
 */
@Readiness
@ApplicationScoped
class DatabaseReady implements AsyncHealthCheck {
    private static final long KEPT_NANOS = 1_000_000_000L;
    private static final Duration LONGEST = Duration.ofSeconds(1);

    private final TenantSql sql;
    private final VerificationKeys keys;
    private final DatabaseRoleCheck role;
    private final GracefulShutdown drain;
    private volatile long until = System.nanoTime();
    private final AtomicBoolean asking = new AtomicBoolean();
    private volatile boolean up;

    DatabaseReady(TenantSql sql, VerificationKeys keys, DatabaseRoleCheck role, GracefulShutdown drain) {
        this.sql = sql;
        this.keys = keys;
        this.role = role;
        this.drain = drain;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        if (drain.begun() || !role.isFit()) {
            return Uni.createFrom().item(response(false));
        }
        if (up && System.nanoTime() - until < 0) {
            return Uni.createFrom().item(response(true));
        }
        if (!asking.compareAndSet(false, true)) {
            return Uni.createFrom().item(response(up)); // the last answer, while the next one is waited for
        }
        return sql.crossTenant("select 1", Tuple.tuple())
                .onTermination()
                .invoke(() -> asking.set(false))
                .replaceWith(true)
                .ifNoItem()
                .after(LONGEST)
                .recoverWithItem(false)
                .onFailure()
                .recoverWithItem(false)
                .invoke(this::keep)
                .map(this::response);
    }

    private void keep(boolean answered) {
        up = answered;
        until = System.nanoTime() + KEPT_NANOS;
    }

    private HealthCheckResponse response(boolean answered) {
        HealthCheckResponseBuilder check =
                HealthCheckResponse.named("database").withData("verificationKeys", keys.any());
        return check.status(answered).build();
    }
}
