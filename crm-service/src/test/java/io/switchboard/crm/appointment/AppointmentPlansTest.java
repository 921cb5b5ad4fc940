package io.switchboard.crm.appointment;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.crm.Plans;
import io.switchboard.kit.http.Cursor;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import io.switchboard.kit.test.SqlSession;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** At 200,000 appointments of one organization among 3,000, where PostgreSQL shows whether it must read more than it answers. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class AppointmentPlansTest {
    private static final UUID BIG = UUID.randomUUID();

    /** The middle of the rows, which are five minutes apart. */
    private static final OffsetDateTime MIDDLE =
            OffsetDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.DAYS).plusDays(10);

    private static final int ROWS = 200_000;
    private static final UUID FIRST = new UUID(0, 0);
    private static final Pattern APPOINTMENTS_READ =
            Pattern.compile("Scan[^\\n]* on appointments[^\\n]*actual [^\\n]*rows=([0-9.]+) loops=([0-9]+)");

    private static final Pattern PASSED_OVER = Pattern.compile("Rows Removed by Filter: ([0-9]+)");

    /** Those of a day, of the 28 hours before it that may last into it, and of a buffer; every five minutes there is one. */
    private static final long MOST_OF_A_DAY = (28 + 24 + 4 + 1) * 12;

    /** The 10,000th row, of five a page. */
    private static final int PAGE_2000 = 10_000;

    /** Every tenth has one of two assignees, another is of one of two contacts, every twentieth is deleted. */
    private static final String FILL = """
            insert into appointments (org_id, contact_id, service_type, scheduled_at, duration_minutes, ends_at, blocked, assignee_id, status, deleted_at)
            select case when n <= %2$d then '%1$s'::uuid else md5('org ' || n %% 3000)::uuid end, case when n %% 10 = 3 then md5('contact ' || n %% 20)::uuid else gen_random_uuid() end, 'plans', at, 5,
                at + interval '5 minutes', tstzrange(at, at + interval '5 minutes'),
                case when n %% 10 = 1 then md5('assignee ' || n %% 20)::uuid end,
                (array['pending', 'confirmed', 'in_progress', 'completed', 'cancelled', 'no_show'])[1 + (n / 20) %% 6]::appointment_status,
                case when n %% 20 = 7 then now() end
            from generate_series(1, %2$d + 9000) n, lateral (select timestamptz '%3$s' + (n %% %2$d - %2$d / 2) * interval '5 minutes' as at) t""";

    private static final String HOURS = """
            insert into organization_settings (org_id, id, time_zone, default_region, business_hours, version)
            select '%1$s', '%1$s', 'UTC', 'US', jsonb_object_agg(day, '[{"from": "08:00", "to": "17:00"}]'::jsonb), 1
            from unnest(array['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']) day""";

    private static final String MEMBER = "insert into members (org_id, id, name, email, role, is_active, version)"
            + " values ('%s', md5('assignee 1')::uuid, 'Jo', 'jo@example.com', 'agent', true, 1)";

    @BeforeEach
    void fill() {
        if (Sql.superuser().number("select count(*) from appointments where org_id = '%s'".formatted(BIG)) == 0) {
            Sql.superuser()
                    .withoutTriggers()
                    .run(
                            FILL.formatted(BIG, ROWS, MIDDLE),
                            HOURS.formatted(BIG),
                            MEMBER.formatted(BIG),
                            "analyze appointments");
        }
    }

    /** Other tests may read whole tables. */
    @AfterAll
    static void empty() {
        Sql.superuser()
                .withoutTriggers()
                .run(
                        "delete from appointments where service_type = 'plans'",
                        "delete from members where org_id = '%s'".formatted(BIG),
                        "vacuum analyze appointments");
    }

    @Test
    void a_page_reads_its_own_rows_by_every_filter() {
        try (var app = Sql.app(BIG, UUID.randomUUID(), "admin").open()) {
            everyPage(app, 1, filter -> {});
            for (var status : AppointmentStatus.values()) {
                everyPage(app, 6, filter -> filter.status = status.wire());
            }
            everyPage(app, 20, filter -> filter.assigneeId = uuid("assignee 1"));
            everyPage(app, 20, filter -> filter.contactId = uuid("contact 3"));
            everyPage(app, 1, filter -> {
                filter.from = MIDDLE.toString();
                filter.to = MIDDLE.plusDays(1).toString();
            });
        }
    }

    @Test
    void a_page_of_deleted_ones_reads_its_own_rows() {
        try (var app = Sql.app(BIG, UUID.randomUUID(), "admin").open()) {
            for (var after : Arrays.asList(null, at(1))) {
                Plans.readsOnlyThePage(app, Appointments.query(BIG, new AppointmentFilter(), true, Plans.page(after)));
            }
        }
    }

    @Test
    void a_page_of_upcoming_ones_reads_its_own_rows() {
        try (var app = Sql.app(BIG, UUID.randomUUID(), "admin").open()) {
            for (var after : Arrays.asList(null, Cursor.at(MIDDLE.plusMinutes(5L * PAGE_2000), FIRST))) {
                Plans.readsOnlyThePage(app, Appointments.upcoming(BIG, Plans.page(after)));
            }
        }
    }

    @Test
    void no_list_reads_the_whole_table() {
        try (var app = Sql.app(BIG, UUID.randomUUID(), "admin").open()) {
            for (var status : AppointmentStatus.values()) {
                for (var includeDeleted : new boolean[] {false, true}) {
                    var filter = new AppointmentFilter();
                    filter.status = status.wire();
                    filter.assigneeId = uuid("assignee 1");
                    filter.from = MIDDLE.toString();
                    explain(app, filter, includeDeleted);
                    filter.assigneeId = null;
                    filter.contactId = uuid("contact 3");
                    explain(app, filter, includeDeleted);
                }
            }
        }
    }

    /** What a function does is in no plan of the call, but PostgreSQL logs the plans inside it. */
    @Test
    void availability_reads_the_appointments_of_its_days_alone() {
        var from = MIDDLE.toString();
        var to = MIDDLE.plusDays(1).toString();
        try (var session = Sql.superuser().open()) {
            session.run(
                    "load 'auto_explain'",
                    "set auto_explain.log_min_duration = 0",
                    "set auto_explain.log_nested_statements = on",
                    "set auto_explain.log_analyze = on",
                    "set client_min_messages = log",
                    "set role crm_app",
                    "set app.role = 'agent'",
                    "set app.org_id = '" + BIG + "'");
            for (var call : List.of(
                    "blocking_appointments('%s', '%s', null)".formatted(from, to),
                    "available_slots('%s', '%s', 30, null, 100)".formatted(from, to),
                    "free_people('%s', 30, null)".formatted(from))) {
                var plans = session.messages("select * from " + call);
                var reads = APPOINTMENTS_READ.matcher(plans).results().toList();
                assertFalse(plans.contains("Seq Scan on appointments"), plans);
                assertFalse(reads.isEmpty(), plans);
                reads.forEach(read -> assertTrue(rows(read) <= MOST_OF_A_DAY, plans));
                PASSED_OVER
                        .matcher(plans)
                        .results()
                        .forEach(rows -> assertTrue(Long.parseLong(rows.group(1)) <= MOST_OF_A_DAY, plans));
            }
        }
    }

    private static long rows(MatchResult read) {
        return (long) (Double.parseDouble(read.group(1)) * Double.parseDouble(read.group(2)));
    }

    /** @param every so manieth appointment passes the filter */
    private static void everyPage(SqlSession app, int every, Consumer<AppointmentFilter> choice) {
        var filter = new AppointmentFilter();
        choice.accept(filter);
        for (var after :
                Arrays.asList(null, filter.from == null ? at(every) : Cursor.at(MIDDLE.plusHours(12), FIRST))) {
            Plans.readsOnlyThePage(app, Appointments.query(BIG, filter, false, Plans.page(after)));
        }
    }

    private static Cursor at(int every) {
        long row = Math.min((long) PAGE_2000 * every, ROWS - 1_000);
        return Cursor.at(MIDDLE.plusMinutes(5 * (row - ROWS / 2)), FIRST);
    }

    private static void explain(SqlSession app, AppointmentFilter filter, boolean includeDeleted) {
        var list = Appointments.query(BIG, filter, includeDeleted, Plans.page(null));
        Plans.noSequentialScan(app, list);
    }

    private static String uuid(String name) {
        return Sql.superuser().value("select md5('" + name + "')::uuid");
    }
}
