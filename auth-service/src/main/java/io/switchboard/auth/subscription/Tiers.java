package io.switchboard.auth.subscription;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.switchboard.kit.start.RetryOnStartup;
import io.switchboard.kit.tenant.SessionSql;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import org.eclipse.microprofile.config.Config;

/** What each tier allows; written from the configuration to the database when the service starts. */
@ApplicationScoped
class Tiers {
    private static final List<String> NAMES = List.of("free", "pro", "enterprise");
    private static final String WRITE = "update tiers set max_agents = $2, monthly_token_quota = $3"
            + " where tier = $1::text::subscription_tier and (max_agents, monthly_token_quota) is distinct from ($2, $3)";

    private static final String FIND =
            "select max_agents, monthly_token_quota from tiers where tier = $1::text::subscription_tier";

    private final TenantSql sql;
    private final Config config;
    private final RetryOnStartup retryOnStartup;

    Tiers(TenantSql sql, Config config, RetryOnStartup retryOnStartup) {
        this.sql = sql;
        this.config = config;
        this.retryOnStartup = retryOnStartup;
    }

    void start(@Observes StartupEvent event) {
        NAMES.forEach(name -> {
            var limits = limits(name); // fails here, and stops the start, where one is not a number
            retryOnStartup.run("The limits of tier " + name, () -> write(limits));
        });
    }

    Uni<Void> write(Tuple limits) {
        return sql.crossTenant(WRITE, limits).replaceWithVoid();
    }

    /** The limits of a tier, read in the transaction that applies them. */
    Uni<TierLimits> find(SessionSql session, String tier) {
        return session.statements()
                .first(
                        FIND,
                        Tuple.of(tier),
                        row -> new TierLimits(row.getInteger("max_agents"), row.getLong("monthly_token_quota")));
    }

    private Tuple limits(String name) {
        return Tuple.of(
                name,
                config.getValue("switchboard.tiers." + name + ".max-agents", Integer.class),
                config.getValue("switchboard.tiers." + name + ".monthly-token-quota", Long.class));
    }
}
