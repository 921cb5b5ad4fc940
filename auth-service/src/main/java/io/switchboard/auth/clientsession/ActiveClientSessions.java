package io.switchboard.auth.clientsession;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.Cursor;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.outbox.AuditEvent;
import io.switchboard.kit.outbox.Outbox;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.ListQuery;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The active sessions of a client, for the admins of its organization. */
@ApplicationScoped
public class ActiveClientSessions {
    private static final String SESSIONS = """
            select s.id, host(s.ip) as ip, s.user_agent, s.created_at, s.last_seen_at, s.expires_at
            from client_accounts c
            left join client_sessions s on s.org_id = c.org_id and s.client_id = c.id
                and s.revoked_at is null and s.expires_at > now()""";

    /** Finds one row at least if there is such a client. */
    private static final String OF_CLIENT = " where c.org_id = $1 and c.id = $2";

    private static final String END = """
            with ended as (
                update client_sessions s set revoked_at = now()
                where s.org_id = $1 and s.client_id = $2 and s.revoked_at is null and s.expires_at > now()
                returning uuid_v7() as event
            ), facts as (
                insert into outbox (org_id, id, event)
                select $1, e.event, $3::jsonb || jsonb_build_object('id', e.event) from ended e
            )
            select c.id from client_accounts c where c.org_id = $1 and c.id = $2
            """;

    private final TenantSql sql;
    private final CallerContext caller;
    private final Outbox outbox;

    ActiveClientSessions(TenantSql sql, CallerContext caller, Outbox outbox) {
        this.sql = sql;
        this.caller = caller;
        this.outbox = outbox;
    }

    /** Fails with {@code client_not_found}. */
    public Uni<PageOf<ClientSessionView>> list(UUID clientId, Page page) {
        var list = new ListQuery(page, SESSIONS, caller.orgId(), clientId)
                .after("s.created_at", "s.id")
                .append(OF_CLIENT)
                .ordered("s.created_at desc, s.id desc");
        return sql.list(caller, list.text(), list.args(), ActiveClientSessions::found)
                .map(found -> views(clientId, found))
                .map(views -> PageOf.of(views, page, view -> Cursor.at(view.createdAt(), view.id())));
    }

    /** All of them, each recorded as a sign-out. Fails with {@code client_not_found}. */
    public Uni<Void> end(UUID clientId) {
        var fact = AuditEvent.success("logout", "clients", clientId);
        var event = outbox.entry(caller, fact).event();
        return sql.first(caller, END, Tuple.of(caller.orgId(), clientId, event), row -> row.getUUID("id"))
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("client", clientId))
                .replaceWithVoid();
    }

    private static List<ClientSessionView> views(UUID clientId, List<Optional<ClientSessionView>> found) {
        if (found.isEmpty()) {
            throw Problem.notFound("client", clientId);
        }
        return found.stream().flatMap(Optional::stream).toList();
    }

    /** Empty in the row of a client without sessions. */
    private static Optional<ClientSessionView> found(Row row) {
        return row.getUUID("id") == null ? Optional.empty() : Optional.of(view(row));
    }

    private static ClientSessionView view(Row row) {
        return new ClientSessionView(
                row.getUUID("id"),
                row.getString("ip"),
                row.getString("user_agent"),
                row.getOffsetDateTime("created_at"),
                row.getOffsetDateTime("last_seen_at"),
                row.getOffsetDateTime("expires_at"));
    }
}
