package io.switchboard.crm.sla;

import io.smallrye.mutiny.Uni;
import io.switchboard.crm.ticket.TicketPriority;
import io.switchboard.kit.http.IfMatch;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.Statements;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.OptimisticLockException;
import java.util.List;
import java.util.UUID;

/** The SLA policies of the caller's organization, and the due times of its tickets. */
@ApplicationScoped
class SlaPolicies {
    /** Before and after the ids of all tickets. */
    static final UUID BEGINNING = new UUID(0, 0);

    static final UUID END = new UUID(-1, -1);

    private static final int STEP = 200;
    private static final String LIST = "select p.priority::text, p.first_response_minutes, p.resolution_minutes,"
            + " p.version, current_org_id() as org_id from sla_policies_now() p order by p.priority desc";

    /** Only over the version that was read; a policy without a row has version 0. */
    private static final String PUT =
            "insert into sla_policies as p (org_id, priority, first_response_minutes, resolution_minutes, version)"
                    + " values ($1, $2::text::ticket_priority, $3, $4, 1) on conflict (org_id, priority) do update"
                    + " set first_response_minutes = excluded.first_response_minutes,"
                    + " resolution_minutes = excluded.resolution_minutes where p.version = $5"
                    + " returning priority::text, first_response_minutes, resolution_minutes, version, org_id";

    private static final String RECOMPUTE = "select recompute_ticket_sla($1, $2) as last_id";

    private final TenantSql sql;

    SlaPolicies(TenantSql sql) {
        this.sql = sql;
    }

    /** All four, the most urgent first. */
    Uni<List<SlaPolicyView>> list(CallerContext caller) {
        return sql.list(caller, LIST, Tuple.tuple(), SlaPolicyView::of);
    }

    Uni<SlaPolicyView> show(CallerContext caller, TicketPriority priority) {
        return list(caller).map(all -> of(all, priority));
    }

    /** The first tickets follow at once, the others in the background. Fails with {@code changed_meanwhile}. */
    Uni<SlaPolicyView> put(CallerContext caller, TicketPriority priority, SlaPolicyForm form, IfMatch ifMatch) {
        return sql.transaction(caller, statements -> statements
                .list(LIST, Tuple.tuple(), SlaPolicyView::of)
                .map(all -> of(all, priority))
                .invoke(ifMatch::check)
                .chain(before -> form.equals(before.form())
                        ? Uni.createFrom().item(before)
                        : put(caller, statements, before, form)));
    }

    private static Uni<SlaPolicyView> put(
            CallerContext caller, Statements statements, SlaPolicyView before, SlaPolicyForm form) {
        var args = Tuple.of(
                caller.orgId(),
                before.priority().wire(),
                form.firstResponseMinutes(),
                form.resolutionMinutes(),
                before.version());
        return statements
                .first(PUT, args, SlaPolicyView::of)
                .onItem()
                .ifNull()
                .failWith(() -> new OptimisticLockException("another version by now"))
                .call(() -> recompute(statements, BEGINNING));
    }

    /** Computes the due times of the next open tickets anew. Answers the last one's id, or {@link #END}. */
    static Uni<UUID> recompute(Statements statements, UUID after) {
        return statements
                .first(RECOMPUTE, Tuple.of(after, STEP), row -> row.getUUID("last_id"))
                .map(last -> last == null ? END : last);
    }

    private static SlaPolicyView of(List<SlaPolicyView> all, TicketPriority priority) {
        return all.stream()
                .filter(policy -> policy.priority() == priority)
                .findFirst()
                .orElseThrow();
    }
}
