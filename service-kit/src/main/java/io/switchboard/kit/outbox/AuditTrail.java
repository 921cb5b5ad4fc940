package io.switchboard.kit.outbox;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.tenant.CallerContext;

/** Records audit events in a transaction of their own. */
public interface AuditTrail {

    /** Completes after the commit. */
    Uni<Void> record(CallerContext caller, AuditEvent event);
}
