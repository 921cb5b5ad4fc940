package io.switchboard.kit.health;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.switchboard.kit.config.ProductionCheck;
import io.switchboard.kit.start.RetryOnStartup;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

/**
 * In production a service stops if row level security does not bind the role it is connected as; it is not ready before that is
 * checked.
 */
@ApplicationScoped
class DatabaseRoleCheck {
    private static final Logger LOG = Logger.getLogger(DatabaseRoleCheck.class);
    private static final String TOO_MIGHTY = """
            select current_user::text as role,
                r.rolsuper or r.rolbypassrls or exists (
                    select from pg_class c
                    where c.relnamespace = current_schema()::regnamespace and pg_has_role(r.oid, c.relowner, 'usage')) as mighty
            from pg_roles r where r.rolname = current_user
            """;

    private final TenantSql sql;
    private final RetryOnStartup retryOnStartup;
    private volatile boolean fit;

    DatabaseRoleCheck(TenantSql sql, RetryOnStartup retryOnStartup) {
        this.sql = sql;
        this.retryOnStartup = retryOnStartup;
    }

    void start(@Observes StartupEvent event) {
        if (ProductionCheck.isProduction()) {
            retryOnStartup.run("Checking the database role", this::check);
        } else {
            fit = true;
        }
    }

    /** Whether the role is checked and may serve. */
    boolean isFit() {
        return fit;
    }

    private Uni<Void> check() {
        return sql.crossTenant(TOO_MIGHTY, Tuple.tuple())
                .map(rows -> rows.iterator().next())
                .invoke(row -> {
                    if (row.getBoolean("mighty")) {
                        refuse(row.getString("role"));
                    } else {
                        fit = true;
                    }
                })
                .replaceWithVoid();
    }

    private static void refuse(String role) {
        LOG.fatalf(
                "QUARKUS_DATASOURCE_USERNAME is %s: a superuser, a role that bypasses row level security, or the owner of the"
                        + " tables. In production a service connects as <schema>_app.",
                role);
        Quarkus.asyncExit(1);
    }
}
