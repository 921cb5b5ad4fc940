package io.switchboard.crm.calendar;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.switchboard.crm.Plans;
import io.switchboard.kit.http.Cursor;
import io.switchboard.kit.test.SqlSession;
import io.switchboard.kit.test.TestDatabase;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What feeds read of many appointments, and their list of many feeds, among those of 3,000 other organizations. */
class CalendarPlansTest {
    private static final UUID ACME = UUID.randomUUID();
    private static final UUID JO = UUID.randomUUID();

    @Test
    void feeds_are_read_by_index() {
        try (var database = TestDatabase.migrated("crm");
                var superuser = database.sql("crm").withoutTriggers().open()) {
            fill(superuser);
            try (var app = database.sql("crm").caller(ACME, "admin").open()) {
                readsByIndex(app, null, "appointments_by_time");
                readsByIndex(app, JO, "appointments_of_assignee");
                for (var after :
                        Arrays.asList(null, Cursor.at(OffsetDateTime.now().minusDays(1), new UUID(-1, -1)))) {
                    Plans.readsOnlyThePage(app, CalendarFeeds.query(ACME, null, Plans.page(after)));
                    Plans.readsOnlyThePage(app, CalendarFeeds.query(ACME, JO, Plans.page(after)));
                }
            }
        }
    }

    private static void readsByIndex(SqlSession app, UUID assignee, String index) {
        for (var sql : new String[] {CalendarEntries.OF_FEED, CalendarEntries.FINGERPRINT}) {
            var plan = String.join("\n", app.explain("force_custom_plan", sql, Tuple.of(assignee)));
            assertFalse(plan.contains("Seq Scan on appointments"), plan);
            assertTrue(sql.equals(CalendarEntries.FINGERPRINT) || plan.contains(index), plan);
        }
    }

    private static void fill(SqlSession superuser) {
        superuser.run(
                ("insert into contacts (org_id, id, name) select '%s', md5('c' || n)::uuid, 'Ada' from generate_series(1, 100) n")
                        .formatted(ACME),
                ("insert into appointments (org_id, contact_id, service_type, scheduled_at, duration_minutes, ends_at, blocked,"
                                + " assignee_id) select '%s', md5('c' || 1 + n %% 100)::uuid, 'x', at, 5, at + interval '5 minutes',"
                                + " tstzrange(at, at + interval '5 minutes'), case when n %% 10 = 0 then '%s'::uuid end"
                                + " from generate_series(-50000, 50000) n, lateral (select now() + n * interval '1 hour') t (at)")
                        .formatted(ACME, JO),
                ("insert into calendar_feeds (org_id, token_hash, created_by, created_at) select '%s', uuid_send(gen_random_uuid()),"
                                + " case when n %% 5 = 0 then '%s'::uuid else gen_random_uuid() end, now() - n * interval '1 minute'"
                                + " from generate_series(1, 20000) n")
                        .formatted(ACME, JO),
                "insert into contacts (org_id, id, name) select md5('org ' || n)::uuid, md5('c' || n)::uuid, 'Ada'"
                        + " from generate_series(1, 3000) n",
                "insert into appointments (org_id, contact_id, service_type, scheduled_at, duration_minutes, ends_at, blocked,"
                        + " assignee_id) select md5('org ' || n % 3000)::uuid, md5('c' || n % 3000)::uuid, 'x', at, 5,"
                        + " at + interval '5 minutes', tstzrange(at, at + interval '5 minutes'), md5('jo ' || n % 3000)::uuid"
                        + " from generate_series(1, 9000) n, lateral (select now() + n * interval '1 hour') t (at)",
                "insert into calendar_feeds (org_id, token_hash, created_by, created_at) select md5('org ' || n % 3000)::uuid,"
                        + " uuid_send(gen_random_uuid()), md5('jo ' || n)::uuid, now() - n * interval '1 minute'"
                        + " from generate_series(1, 9000) n",
                "analyze contacts",
                "analyze appointments",
                "analyze calendar_feeds");
    }
}
