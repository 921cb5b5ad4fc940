package io.switchboard.auth.session;

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
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The devices that a user is signed in on: the families of refresh tokens that can still be refreshed. */
@ApplicationScoped
class UserSessions {
    private static final String LIST = """
            select f.id, host(f.ip) as ip, f.user_agent, f.created_at, f.last_seen_at,
                least(f.expires_at, f.token_expires_at) as expires_at
            from refresh_families f
            where f.org_id = $1 and f.user_id = $2 and f.revoked_at is null
                and f.expires_at > now() and f.token_expires_at > now()
            """;

    /** One of them, or all if $3 is null; each is recorded as a sign-out. */
    private static final String END = """
            with ended as (
                update refresh_families f set revoked_at = now(), revoked_because = 'signed_out'
                where f.org_id = $1 and f.user_id = $2 and ($3::uuid is null or f.id = $3)
                    and f.revoked_at is null and f.expires_at > now()
                returning f.id, uuid_v7() as event
            ), facts as (
                insert into outbox (org_id, id, event)
                select $1, e.event, $4::jsonb || jsonb_build_object('id', e.event, 'resourceId', e.id) from ended e
            )
            select count(*) as ended from ended
            """;

    private final TenantSql sql;
    private final Outbox outbox;

    UserSessions(TenantSql sql, Outbox outbox) {
        this.sql = sql;
        this.outbox = outbox;
    }

    /** @param current the sign-in that asks; null where its token does not say */
    Uni<PageOf<UserSessionView>> list(CallerContext person, @Nullable UUID current, Page page) {
        Function<Row, UserSessionView> view = row -> view(row, current);
        return sql.page(person, query(person, page), view, last -> Cursor.at(last.createdAt(), last.id()));
    }

    /** The test of the plan calls it, too. */
    static ListQuery query(CallerContext person, Page page) {
        return new ListQuery(page, LIST, person.orgId(), person.userId()).newestFirst("f.created_at", "f.id");
    }

    Uni<Void> endAll(CallerContext person) {
        return endAndCount(person, null).replaceWithVoid();
    }

    /** Fails with {@code session_not_found}. */
    Uni<Void> end(CallerContext person, UUID id) {
        return endAndCount(person, id)
                .onItem()
                .transformToUni(count -> count == 0
                        ? Uni.createFrom().failure(Problem.notFound("session", id))
                        : Uni.createFrom().voidItem());
    }

    private Uni<Long> endAndCount(CallerContext person, @Nullable UUID id) {
        var fact = AuditEvent.success("logout", "refresh_families", null);
        var event = outbox.entry(person, fact).event();
        return sql.first(
                person, END, Tuple.of(person.orgId(), person.userId(), id, event), row -> row.getLong("ended"));
    }

    private static UserSessionView view(Row row, @Nullable UUID current) {
        var id = row.getUUID("id");
        return new UserSessionView(
                id,
                row.getString("ip"),
                row.getString("user_agent"),
                row.getOffsetDateTime("created_at"),
                row.getOffsetDateTime("last_seen_at"),
                row.getOffsetDateTime("expires_at"),
                id.equals(current));
    }
}
