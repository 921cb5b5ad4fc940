package io.switchboard.auth.throttle;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.switchboard.auth.throttle.Throttle.Attempt;
import io.switchboard.kit.outbox.Fact;
import io.switchboard.kit.outbox.Outbox;
import io.switchboard.kit.tenant.Acting;
import io.switchboard.kit.tenant.Tenant;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.UUID;

/** Settles attempts that have failed, and records which counters they have closed by that. */
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

    Uni<Void> record(Tenant tenant, Fact refused, Attempt... failed) {
        return Multi.createFrom()
                .items(failed)
                .onItem()
                .transformToUniAndConcatenate(throttle::failed)
                .onItem()
                .<JsonObject>disjoint()
                .onItem()
                .transformToUniAndConcatenate(closed -> record(tenant, refused, closed))
                .onItem()
                .ignoreAsUni();
    }

    private Uni<?> record(Tenant tenant, Fact refused, JsonObject closed) {
        var there = new Acting(
                orgId(tenant, closed),
                tenant.userId(),
                tenant.clientId(),
                tenant.role(),
                tenant.service(),
                tenant.origin());
        return sql.once(
                there,
                Outbox.INSERT,
                outbox.entry(there, lock(there, refused, closed)).row());
    }

    private static UUID orgId(Tenant tenant, JsonObject closed) {
        if (closed.getString("scope").equals("platform")) {
            return Acting.PLATFORM;
        }
        var named = closed.getString("orgId");
        return named == null ? tenant.orgId() : UUID.fromString(named);
    }

    /** What is closed: sign-in as somebody, from an address or a device, or for a whole organization. */
    private static Fact lock(Tenant there, Fact refused, JsonObject closed) {
        var scope = closed.getString("scope");
        var details = new HashMap<String, Object>(refused.details());
        details.put("scope", scope);
        details.put("until", closed.getValue("until"));
        var fact =
                switch (scope) {
                    case "organization", "chosen_pin", "taken_email", "platform" ->
                        Fact.success("lock", "organizations", there.orgId());
                    default -> Fact.success("lock", refused.resourceType(), refused.resourceId());
                };
        return fact.with(details);
    }
}
