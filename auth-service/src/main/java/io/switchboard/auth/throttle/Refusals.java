package io.switchboard.auth.throttle;

import io.smallrye.mutiny.Uni;
import io.switchboard.auth.throttle.Throttle.Attempt;
import io.switchboard.kit.outbox.AuditEvent;
import io.switchboard.kit.outbox.Outbox;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.request.Origin;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.TenantSql;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Refuses a credential: the answer is the same for each reason, the audit record has the details. */
@ApplicationScoped
public class Refusals {
    private static final int MOST_SHOWN = 16;

    private final TenantSql sql;
    private final Outbox outbox;
    private final Locks locks;

    Refusals(TenantSql sql, Outbox outbox, Locks locks) {
        this.sql = sql;
        this.outbox = outbox;
        this.locks = locks;
    }

    /** The name of a credential, short enough that a secret sent in its place is not recorded. */
    public static String shortened(String clientId) {
        var clean = clientId.replaceAll("[^A-Za-z0-9._-]", "?");
        return clean.length() > MOST_SHOWN ? clean.substring(0, MOST_SHOWN) + "…" : clean;
    }

    /**
     * Always fails, with {@code unauthorized}.
     *
     * @param orgId the organization of the account; the platform's if there is none
     */
    public <T> Uni<T> refuse(UUID orgId, AuditEvent fact, Origin origin, Attempt... failed) {
        return refuse(CallerContext.Value.service(orgId, "auth-service", origin), fact, Problem.unauthorized(), failed);
    }

    /**
     * Always fails, with the problem.
     *
     * @param failed the attempts that count because of it
     */
    public <T> Uni<T> refuse(CallerContext caller, AuditEvent fact, Problem problem, Attempt... failed) {
        return record(caller, fact, failed).chain(() -> Uni.createFrom().failure(problem));
    }

    /** Before the answer, which fails if this does. */
    public Uni<Void> record(CallerContext caller, AuditEvent fact, Attempt... failed) {
        return sql.execute(caller, Outbox.INSERT, outbox.entry(caller, fact).row())
                .chain(() -> locks.record(caller, fact, failed));
    }
}
