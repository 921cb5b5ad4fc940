package io.switchboard.auth.operator;

import io.quarkus.runtime.StartupEvent;
import io.switchboard.kit.request.Origin;
import io.switchboard.kit.start.RetryOnStartup;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Whether operators need a second factor, as organizations say it of their admins; unset, it stays as it is. */
@ApplicationScoped
class OperatorTotpPolicy {
    private static final String REQUIRE = "update organizations set require_totp = $2"
            + " where org_id = $1 and id = $1 and require_totp is distinct from $2";

    private final TenantSql sql;
    private final RetryOnStartup retryOnStartup;
    private final Optional<Boolean> required;

    OperatorTotpPolicy(
            TenantSql sql,
            RetryOnStartup retryOnStartup,
            @ConfigProperty(name = "switchboard.operator.require-totp") Optional<Boolean> required) {
        this.sql = sql;
        this.retryOnStartup = retryOnStartup;
        this.required = required;
    }

    void start(@Observes StartupEvent event) {
        required.ifPresent(is -> retryOnStartup.run("The operators' second factor", () -> {
            var platform = CallerContext.Value.service(CallerContext.PLATFORM, "auth-service", Origin.worker());
            return sql.execute(platform, REQUIRE, Tuple.of(platform.orgId(), is))
                    .replaceWithVoid();
        }));
    }
}
