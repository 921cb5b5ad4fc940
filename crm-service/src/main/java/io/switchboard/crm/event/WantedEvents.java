package io.switchboard.crm.event;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

/** The wanted events of the caller's organization; the triggers' SQL function {@code wants_event} reads them. */
@ApplicationScoped
class WantedEvents {
    private static final String PUT = "insert into wanted_events (org_id, types, version) values ($1, $2, $3)"
            + " on conflict (org_id) do update set types = excluded.types, version = excluded.version"
            + " where wanted_events.version < excluded.version";

    private final TenantSql sql;

    WantedEvents(TenantSql sql) {
        this.sql = sql;
    }

    Uni<Void> put(CallerContext caller, WantedEventsForm form) {
        var types = form.types().toArray(String[]::new);
        return sql.execute(caller, PUT, Tuple.of(caller.orgId(), types, form.version()))
                .replaceWithVoid();
    }
}
