package io.switchboard.auth.throttle;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.outbox.Fact;
import io.switchboard.kit.outbox.Outbox;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.Acting;
import io.switchboard.kit.tenant.Tenant;
import io.switchboard.kit.tenant.TenantSql;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Refuses a credential: one answer whatever the reason, and a record that knows more. */
@ApplicationScoped
public class Refusals {
    private static final int MOST_SHOWN = 16;

    private final TenantSql sql;
    private final Outbox outbox;

    Refusals(TenantSql sql, Outbox outbox) {
        this.sql = sql;
        this.outbox = outbox;
    }

    /** What the record says of a credential: enough to tell which it was, and nothing that could be more than its name. */
    public static String shortened(String clientId) {
        var clean = clientId.replaceAll("[^A-Za-z0-9._-]", "?");
        return clean.length() > MOST_SHOWN ? clean.substring(0, MOST_SHOWN) + "…" : clean;
    }

    /**
     * Always fails, with {@code unauthorized}.
     *
     * @param orgId of whom it was about; the platform's where that is nobody
     */
    public <T> Uni<T> refuse(UUID orgId, Fact fact, Origin origin) {
        return refuse(Acting.service(orgId, "auth-service", origin.requestId()), fact, origin, Problem.unauthorized());
    }

    /** Always fails, with the problem. */
    public <T> Uni<T> refuse(Tenant tenant, Fact fact, Origin origin, Problem problem) {
        return sql.once(tenant, Outbox.INSERT, outbox.row(tenant, fact.from(origin.address(), origin.userAgent())))
                .chain(recorded -> Uni.createFrom().failure(problem));
    }
}
