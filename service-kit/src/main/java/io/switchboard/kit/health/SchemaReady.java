package io.switchboard.kit.health;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.switchboard.kit.migrate.SchemaVersion;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.problem.ProblemAnswer;
import io.switchboard.kit.start.RetryOnStartup;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.ext.web.RoutingContext;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready when the schema is at least the one that this service was built for. Until then every request is answered 503:
 * without its tables it would be 500. Afterwards it is not checked again, since migrations keep what running services need.
 */
@Readiness
@ApplicationScoped
class SchemaReady implements AsyncHealthCheck {
    private static final int AFTER_ACCESS_FILTER = 900;
    private static final int LOOK_AGAIN_SECONDS = 2;
    /** No such table, schema, column, or no right to it: what a schema answers that was never migrated. */
    private static final Set<String> NOT_MIGRATED = Set.of("42P01", "3F000", "42703", "42501");

    private enum State {
        UNKNOWN,
        OUTDATED,
        APPLIED
    }

    private final TenantSql sql;
    private final RetryOnStartup retryOnStartup;
    private final String schema;
    private final SchemaVersion own;
    private volatile State state = State.UNKNOWN;

    SchemaReady(
            TenantSql sql, RetryOnStartup retryOnStartup, @ConfigProperty(name = "switchboard.schema") String schema) {
        this.sql = sql;
        this.retryOnStartup = retryOnStartup;
        this.schema = schema;
        this.own = SchemaVersion.of(Thread.currentThread().getContextClassLoader());
    }

    void start(@Observes StartupEvent event) {
        retryOnStartup.run("Checking the schema's version", this::check);
    }

    void register(@Observes Filters filters) {
        filters.register(this::admit, AFTER_ACCESS_FILTER);
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        var check = HealthCheckResponse.named("schema").status(state == State.APPLIED);
        if (state == State.OUTDATED) {
            check.withData("reason", outdated());
        }
        return Uni.createFrom().item(check.build());
    }

    private void admit(RoutingContext context) {
        if (state == State.OUTDATED) {
            ProblemAnswer.send(context, Problem.unavailable(LOOK_AGAIN_SECONDS));
        } else {
            context.next();
        }
    }

    private Uni<Void> check() {
        var args = Tuple.tuple()
                .addString(own.hash())
                .addArrayOfString(own.changesets().toArray(String[]::new));
        return sql.crossTenant(SchemaVersion.IS_APPLIED, args)
                .map(rows -> rows.iterator().next().getBoolean("applied"))
                .onFailure(SchemaReady::isNotMigrated)
                .recoverWithItem(false)
                .invoke(applied -> state = applied ? State.APPLIED : State.OUTDATED)
                .chain(applied -> applied
                        ? Uni.createFrom().voidItem()
                        : Uni.createFrom().failure(new IllegalStateException(outdated())));
    }

    private static boolean isNotMigrated(Throwable failure) {
        return failure instanceof PgException refused && NOT_MIGRATED.contains(refused.getSqlState());
    }

    private String outdated() {
        return "schema " + schema + " is older than this service; run its migration (SWITCHBOARD_MIGRATE=only)";
    }
}
