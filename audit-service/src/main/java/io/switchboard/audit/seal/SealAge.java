package io.switchboard.audit.seal;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** How long the oldest record that is not sealed has waited: every replica says so, that of a sealer that hangs included. */
@Startup
@ApplicationScoped
class SealAge {
    private static final String AGE = "select extract(epoch from now() - unsealed_since())::float8 as seconds";

    private final TenantSql sql;
    private volatile double seconds;

    SealAge(TenantSql sql, MeterRegistry registry) {
        this.sql = sql.forWorkers();
        Gauge.builder("switchboard.audit.unsealed.age", () -> seconds)
                .baseUnit("seconds")
                .description("How long the oldest record that is not sealed has waited")
                .register(registry);
    }

    @Scheduled(every = "5s")
    Uni<Void> look() {
        return sql.crossTenant(AGE, Tuple.tuple())
                .invoke(rows -> seconds = orZero(rows.iterator().next().getDouble("seconds")))
                .replaceWithVoid()
                .onFailure()
                .recoverWithNull(); // the sealer tells of it
    }

    private static double orZero(@Nullable Double age) {
        return age == null ? 0 : age;
    }
}
