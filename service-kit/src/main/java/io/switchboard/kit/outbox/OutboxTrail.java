package io.switchboard.kit.outbox;

import io.quarkus.arc.DefaultBean;
import io.smallrye.mutiny.Uni;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.TenantSql;
import jakarta.enterprise.context.ApplicationScoped;

/** The audit trail of every service that has an outbox. */
@DefaultBean
@ApplicationScoped
class OutboxTrail implements AuditTrail {
    private final TenantSql sql;
    private final Outbox outbox;

    OutboxTrail(TenantSql sql, Outbox outbox) {
        this.sql = sql;
        this.outbox = outbox;
    }

    @Override
    public Uni<Void> record(CallerContext caller, AuditEvent event) {
        return sql.execute(caller, Outbox.INSERT, outbox.entry(caller, event).row())
                .replaceWithVoid();
    }
}
