package io.switchboard.audit.event;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.outbox.AuditEvent;
import io.switchboard.kit.outbox.AuditTrail;
import io.switchboard.kit.tenant.CallerContext;
import jakarta.enterprise.context.ApplicationScoped;

/** The audit trail of the audit log's own service: straight into the log. */
@ApplicationScoped
class OwnTrail implements AuditTrail {
    private final Events events;

    OwnTrail(Events events) {
        this.events = events;
    }

    @Override
    public Uni<Void> record(CallerContext caller, AuditEvent event) {
        return events.record(caller, event);
    }
}
