package io.switchboard.crm.notification;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.Cursor;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.ListQuery;
import io.switchboard.kit.tenant.SessionSql;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The caller's own notifications, and new ones for other users; the only place with queries on them. */
@ApplicationScoped
class Notifications {
    private static final int MEMBERS_ARE_LATE_SECONDS = 2;
    private static final String COLUMNS =
            "id, type::text, status::text, priority::text, title, message, related_type, related_id, action_url, channels,"
                    + " read_at, expires_at, created_at, updated_at";
    private static final String OWN = " from notifications where org_id = $1 and user_id = $2";
    static final String COUNT_UNREAD = "select count(*)" + OWN + " and status = 'unread'";

    // An archived one stays archived, and read_at stays the time of the first reading.
    private static final String READ =
            "update notifications set status = case when status = 'unread' then 'read' else status end,"
                    + " read_at = coalesce(read_at, now()) where org_id = $1 and user_id = $2 and id = $3 returning "
                    + COLUMNS;
    private static final String ARCHIVE =
            "update notifications set status = 'archived', read_at = coalesce(read_at, now())"
                    + " where org_id = $1 and user_id = $2 and id = $3 returning " + COLUMNS;
    static final String READ_ALL = "update notifications set status = 'read', read_at = now()"
            + " where org_id = $1 and user_id = $2 and status = 'unread'";

    private static final String CREATE =
            "select create_notification($1::uuid, $2::text[], $3::text::notification_type, $4, $5, $6, $7::uuid,"
                    + " $8::text::notification_priority, null), exists (select from members where org_id = current_org_id())";

    private final TenantSql sql;

    Notifications(TenantSql sql) {
        this.sql = sql;
    }

    Uni<PageOf<NotificationView>> list(CallerContext caller, @Nullable NotificationStatus status, Page page) {
        return sql.boundedPage(
                caller,
                query(caller, status, page),
                Notifications::view,
                List.of("title", "message"),
                last -> Cursor.at(last.createdAt(), last.id()));
    }

    Uni<Long> countUnread(CallerContext caller) {
        return sql.first(caller, COUNT_UNREAD, Tuple.of(caller.orgId(), caller.userId()), row -> row.getLong(0));
    }

    /** Fails with {@code notification_not_found}, also for another user's. */
    Uni<NotificationView> read(CallerContext caller, UUID id) {
        return change(caller, READ, id);
    }

    /** Fails with {@code notification_not_found}, also for another user's. */
    Uni<NotificationView> archive(CallerContext caller, UUID id) {
        return change(caller, ARCHIVE, id);
    }

    Uni<Void> readAll(CallerContext caller) {
        return sql.execute(caller, READ_ALL, Tuple.of(caller.orgId(), caller.userId()))
                .replaceWithVoid();
    }

    /**
     * Answers how many users are notified; inside a transaction of Hibernate's. Fails with {@code unavailable} before the
     * first member has arrived, and with {@code invalid} for a user who is no active member.
     */
    Uni<Integer> create(NotificationForm form) {
        var audience = form.audience();
        if ((audience.userId() == null) == (audience.roles() == null)) {
            throw Problem.invalid("audience", "names either userId or roles");
        }
        return SessionSql.current()
                .chain(session -> session.select(
                        CREATE,
                        audience.userId(),
                        audience.roles() == null ? null : audience.roles().toArray(String[]::new),
                        form.type().wire(),
                        form.title(),
                        form.message(),
                        form.relatedType(),
                        form.relatedId(),
                        form.priority() == null ? null : form.priority().wire()))
                .map(rows -> checkCount(rows.next(), audience));
    }

    private static int checkCount(Object[] row, NotificationForm.Audience audience) {
        if (!(Boolean) row[1]) {
            throw Problem.unavailable(MEMBERS_ARE_LATE_SECONDS);
        }
        var count = (Integer) row[0];
        if (count == 0 && audience.userId() != null) {
            throw Problem.invalid("audience.userId", "is no active member");
        }
        return count;
    }

    /** The status is a literal, since each has an index of its own. */
    static ListQuery query(CallerContext caller, @Nullable NotificationStatus status, Page page) {
        var list = new ListQuery(page, "select " + COLUMNS + OWN, caller.orgId(), caller.userId());
        return (status == null ? list : list.and("status = '" + status.wire() + "'")).newestFirst();
    }

    private Uni<NotificationView> change(CallerContext caller, String statement, UUID id) {
        return sql.first(caller, statement, Tuple.of(caller.orgId(), caller.userId(), id), Notifications::view)
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("notification", id));
    }

    private static NotificationView view(Row row) {
        return new NotificationView(
                row.getUUID("id"),
                NotificationType.of(row.getString("type")),
                NotificationStatus.of(row.getString("status")),
                NotificationPriority.of(row.getString("priority")),
                row.getString("title"),
                row.getString("message"),
                row.getString("related_type"),
                row.getUUID("related_id"),
                row.getString("action_url"),
                List.of(row.getArrayOfStrings("channels")),
                row.getOffsetDateTime("read_at"),
                row.getOffsetDateTime("expires_at"),
                row.getOffsetDateTime("created_at"),
                row.getOffsetDateTime("updated_at"));
    }
}
