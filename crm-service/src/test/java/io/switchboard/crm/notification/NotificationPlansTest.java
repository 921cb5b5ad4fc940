package io.switchboard.crm.notification;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.crm.Plans;
import io.switchboard.kit.http.Cursor;
import io.switchboard.kit.request.Origin;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class NotificationPlansTest {
    private static final UUID ORG = UUID.randomUUID();
    private static final UUID USER = UUID.randomUUID();

    /** 20 users of 4 organizations, 500 notifications each. */
    private static final String FILL = """
            insert into notifications (org_id, user_id, type, status, title, message, created_at)
            select case when n %% 20 < 5 then '%s'::uuid else md5((n %% 20 / 5)::text)::uuid end,
                case when n %% 20 = 0 then '%s'::uuid else md5('user ' || n %% 20)::uuid end, 'missed_call',
                (array['unread', 'read', 'archived'])[1 + n %% 3]::notification_status, 'Missed call', 'x',
                now() - n * interval '1 second'
            from generate_series(1, 10000) n""";

    @Test
    void no_list_reads_the_whole_table() {
        Sql.superuser().withoutTriggers().run(FILL.formatted(ORG, USER), "analyze notifications");
        var middle = new Cursor("2026-11-01T10:00:00Z", UUID.randomUUID());
        var caller = CallerContext.Value.user(ORG, USER, "agent", Origin.worker());
        try (var app = Sql.app(ORG, USER, "agent").open()) {
            for (var status : new NotificationStatus[] {
                null, NotificationStatus.UNREAD, NotificationStatus.READ, NotificationStatus.ARCHIVED
            }) {
                for (var after : new Cursor[] {null, middle}) {
                    var list = Notifications.query(caller, status, Plans.page(after));
                    Plans.noSequentialScan(app, list.text(), list.args());
                }
            }
            Plans.noSequentialScan(app, Notifications.COUNT_UNREAD, Tuple.of(ORG, USER));
            Plans.noSequentialScan(app, Notifications.READ_ALL, Tuple.of(ORG, USER));
        }
    }
}
