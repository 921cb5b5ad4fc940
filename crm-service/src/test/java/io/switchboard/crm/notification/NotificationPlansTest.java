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
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class NotificationPlansTest {
    private static final UUID ORG = UUID.randomUUID();
    private static final UUID USER = UUID.randomUUID();

    /** The 10,000th row of each status, of five a page. */
    private static final Cursor PAGE_2000 =
            Cursor.at(OffsetDateTime.parse("2026-01-01T00:00:00Z").minusSeconds(30_000), new UUID(-1, -1));

    /** One user with 60,000 notifications, 20 users of 4 organizations with 7,000 each, and 3,000 organizations with three. */
    private static final String FILL = """
            insert into notifications (org_id, user_id, type, status, title, message, created_at)
            select case when n <= 60000 then '%s'::uuid when n <= 200000 then md5((n %% 20 / 5)::text)::uuid
                    else md5('org ' || n %% 3000)::uuid end,
                case when n <= 60000 then '%s'::uuid when n <= 200000 then md5('user ' || n %% 20)::uuid
                    else md5('user ' || n)::uuid end,
                'missed_call', (array['unread', 'read', 'archived'])[1 + n %% 3]::notification_status, 'Missed call', 'x',
                timestamptz '2026-01-01 00:00Z' - n * interval '1 second'
            from generate_series(1, 209000) n""";

    @BeforeAll
    static void fill() {
        Sql.superuser().withoutTriggers().run(FILL.formatted(ORG, USER), "analyze notifications");
    }

    /** Other tests may read whole tables. */
    @AfterAll
    static void empty() {
        Sql.superuser()
                .withoutTriggers()
                .run("delete from notifications where created_at < '2026-01-01'", "vacuum analyze notifications");
    }

    @Test
    void a_page_reads_its_own_rows_by_every_status() {
        var caller = CallerContext.Value.user(ORG, USER, "agent", Origin.worker());
        try (var app = Sql.app(ORG, USER, "agent").open()) {
            for (var status : NotificationStatus.values()) {
                for (var after : Arrays.asList(null, PAGE_2000)) {
                    Plans.readsOnlyThePage(app, Notifications.query(caller, status, Plans.page(after)));
                }
            }
            for (var after : Arrays.asList(null, PAGE_2000)) {
                Plans.readsOnlyThePage(app, Notifications.query(caller, null, Plans.page(after)));
            }
        }
    }

    @Test
    void counting_and_reading_all_enter_by_an_index() {
        try (var app = Sql.app(ORG, USER, "agent").open()) {
            Plans.noSequentialScan(app, Notifications.COUNT_UNREAD, Tuple.of(ORG, USER));
            Plans.noSequentialScan(app, Notifications.READ_ALL, Tuple.of(ORG, USER));
        }
    }
}
