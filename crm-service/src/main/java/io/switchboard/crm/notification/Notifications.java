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
import io.switchboard.kit.tenant.TenantWork;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The caller's own notifications, and new ones for other users; the only place with queries on them. */
@ApplicationScoped
class Notifications {
    private static final int MEMBERS_ARE_LATE_SECONDS = 2;
    static final String COLUMNS =
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
            "select array_to_string(create_notification($1::uuid, $2::text[], $3::text::notification_type, $4, $5, $6, $7::uuid,"
                    + " $8::text::notification_priority, $9), ','), exists (select from members where org_id = current_org_id())";

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
     * Inside a transaction of Hibernate's. Fails with {@code unavailable} before the first member has arrived, and with
     * {@code invalid} for a user who is no active member.
     */
    Uni<CreatedNotifications> create(NotificationForm form) {
        return create(
                form.audience(),
                form.type(),
                form.title(),
                form.message(),
                form.relatedType(),
                form.relatedId(),
                wire(form.priority()),
                null);
    }

    /** The same for what an admin writes. */
    @TenantWork
    Uni<CreatedNotifications> create(AlertForm form) {
        if (form.type() != NotificationType.SYSTEM_ALERT) {
            throw Problem.invalid("type", "must be system_alert");
        }
        return create(
                form.audience(),
                form.type(),
                form.title(),
                form.message(),
                null,
                null,
                wire(form.priority()),
                form.actionUrl());
    }

    private Uni<CreatedNotifications> create(Audience audience, NotificationType type, @Nullable Object... rest) {
        audience.check();
        var args = new ArrayList<@Nullable Object>();
        args.add(audience.userId());
        args.add(audience.roles() == null ? null : audience.roles().toArray(String[]::new));
        args.add(type.wire());
        args.addAll(Arrays.asList(rest));
        return SessionSql.current()
                .chain(session -> session.select(CREATE, args.toArray()))
                .map(rows -> created(rows.next(), audience));
    }

    private static CreatedNotifications created(Object[] row, Audience audience) {
        if (!(Boolean) row[1]) {
            throw Problem.unavailable(MEMBERS_ARE_LATE_SECONDS);
        }
        var created = CreatedNotifications.of((String) row[0]);
        if (created.created() == 0 && audience.userId() != null) {
            throw Problem.invalid("audience.userId", "is no active member");
        }
        return created;
    }

    private static @Nullable String wire(@Nullable NotificationPriority priority) {
        return priority == null ? null : priority.wire();
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

    static NotificationView view(Row row) {
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
