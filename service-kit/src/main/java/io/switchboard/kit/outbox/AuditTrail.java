package io.switchboard.kit.outbox;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.tenant.CallerContext;

/** Where a service records what happened outside of any change: in a transaction of its own. */
public interface AuditTrail {

    /** Done when it is written down durably. */
    Uni<Void> record(CallerContext caller, AuditEvent event);
}
