package io.switchboard.auth.throttle;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.switchboard.auth.throttle.Throttle.Attempt;
import io.switchboard.kit.outbox.AuditEvent;
import io.switchboard.kit.outbox.Outbox;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.UUID;

/** Marks attempts as failed, and records which counters that has closed. */
@ApplicationScoped
class Locks {
    private final Throttle throttle;
    private final TenantSql sql;
    private final Outbox outbox;

    Locks(Throttle throttle, TenantSql sql, Outbox outbox) {
        this.throttle = throttle;
        this.sql = sql;
        this.outbox = outbox;
    }

    Uni<Void> record(CallerContext caller, AuditEvent refused, Attempt... failed) {
        return Multi.createFrom()
                .items(failed)
                .onItem()
                .transformToUniAndConcatenate(throttle::failed)
                .onItem()
                .<JsonObject>disjoint()
                .onItem()
                .transformToUniAndConcatenate(closed -> record(caller, refused, closed))
                .onItem()
                .ignoreAsUni();
    }

    private Uni<?> record(CallerContext caller, AuditEvent refused, JsonObject closed) {
        var tenant = new CallerContext.Value(
                orgId(caller, closed),
                caller.userId(),
                caller.clientId(),
                caller.role(),
                caller.service(),
                caller.origin());
        return sql.execute(
                tenant,
                Outbox.INSERT,
                outbox.entry(tenant, lock(tenant, refused, closed)).row());
    }

    private static UUID orgId(CallerContext caller, JsonObject closed) {
        if (closed.getString("scope").equals("platform")) {
            return CallerContext.PLATFORM;
        }
        var named = closed.getString("orgId");
        return named == null ? caller.orgId() : UUID.fromString(named);
    }

    /** What is closed: sign-in as a user, from an address or a device, or for a whole organization. */
    private static AuditEvent lock(CallerContext tenant, AuditEvent refused, JsonObject closed) {
        var scope = closed.getString("scope");
        var details = new HashMap<String, Object>(refused.details());
        details.put("scope", scope);
        details.put("until", closed.getValue("until"));
        var event =
                switch (scope) {
                    case "organization", "chosen_pin", "taken_email", "platform" ->
                        AuditEvent.success("lock", "organizations", tenant.orgId());
                    default -> AuditEvent.success("lock", refused.resourceType(), refused.resourceId());
                };
        return event.with(details);
    }
}
