package io.switchboard.auth.login;

import io.quarkus.runtime.StartupEvent;
import io.switchboard.kit.request.Origin;
import io.switchboard.kit.start.AtStart;
import io.switchboard.kit.tenant.Acting;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Whether operators need a second factor, as organizations say it of their admins; unset, it stays as it is. */
@ApplicationScoped
class OperatorsFactor {
    private static final String REQUIRE = "update organizations set require_totp = $2"
            + " where org_id = $1 and id = $1 and require_totp is distinct from $2";

    private final TenantSql sql;
    private final AtStart atStart;
    private final Optional<Boolean> required;

    OperatorsFactor(
            TenantSql sql,
            AtStart atStart,
            @ConfigProperty(name = "switchboard.operator.require-totp") Optional<Boolean> required) {
        this.sql = sql;
        this.atStart = atStart;
        this.required = required;
    }

    void start(@Observes StartupEvent event) {
        required.ifPresent(is -> atStart.until("The operators' second factor", () -> {
            var platform = Acting.service(Acting.PLATFORM, "auth-service", Origin.worker());
            return sql.once(platform, REQUIRE, Tuple.of(platform.orgId(), is)).replaceWithVoid();
        }));
    }
}
