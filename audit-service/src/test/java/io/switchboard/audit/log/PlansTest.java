package io.switchboard.audit.log;

import static java.util.stream.Collectors.joining;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.kit.http.Cursor;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.tenant.ListQuery;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import io.switchboard.kit.test.SqlSession;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the database makes of the lists when there is much in them, asked as the service's own role. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class PlansTest {
    static final UUID ORG = UUID.fromString("0199aaaa-0000-7000-8000-000000000003");
    private static final Pattern BUFFERS = Pattern.compile("(?:hit|read)=(\\d+)");
    private static final int MOST_PAGES = 60;

    static UUID id; // of one of them

    /**
     * 200,000 events over this month and the next two: half of them one organization's, the rest nine others'; 9,000 of 3,000 more.
     * All are sealed.
     */
    @BeforeAll
    static void fill() {
        try (var database = Sql.superuser().open()) {
            database.begin();
            database.run(
                    "select pg_advisory_xact_lock_shared(recording_lock())",
                    "insert into audit_logs (org_id, id, occurred_at, actor_id, actor_type, action, resource_type,"
                            + " resource_id, service, new_data, request_id, outcome, no)"
                            + " select case when i > 200000 then md5('org ' || i % 3000)"
                            + " else '0199aaaa-0000-7000-8000-00000000000' || case when i % 2 = 0 then 3 else i % 10 end end::uuid,"
                            + " overlay(first_id(t)::text placing lpad(to_hex(i), 12, '0') from 25)::uuid, t, 'actor-' || i % 1000,"
                            + " 'user', (array['create', 'update', 'delete', 'login'])[1 + i / 10 % 4], 'contacts',"
                            + " md5((i / 3)::text)::uuid, 'crm-service', jsonb_build_object('name', 'Ada ' || i), 'req-' || i / 2,"
                            + " case when i / 10 % 50 = 0 then 'failure' else 'success' end, nextval('record_no')"
                            + " from (select i, date_trunc('month', now()) + i % 200000 * interval '36 seconds' as t"
                            + " from generate_series(1, 209000) i) s");
            database.commit();
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> Sql.superuser().value("select unsealed_since()") == null);
        Sql.superuser().run("vacuum analyze audit_logs", "vacuum analyze blocks", "analyze trees");
        id = UUID.fromString(Sql.superuser().value("select id from audit_logs where org_id = '" + ORG + "' limit 1"));
    }

    @Test
    void every_list_of_an_organization_walks_an_index() {
        list("the newest", "audit_logs_[0-9_]+org_id_occurred", filter -> {});
        list("by time", "org_id_occurred", filter -> filter.from = "2020-01-01T00:00:00Z");
        list("by actor", "org_id_actor_id", filter -> filter.actorId = "actor-13");
        list(
                "by resource",
                "org_id_resource_id",
                filter -> filter.resourceId = UUID.randomUUID().toString());
        list("by request", "org_id_request_id", filter -> filter.requestId = "req-7");
        list("by a fact", "org_id_occurred_at_id_idx1", filter -> filter.action = "login");
        list("by failure", "org_id_occurred_at_id_idx2", filter -> filter.outcome = "failure");
        list("by row change", "org_id_occurred_at_id_idx on", filter -> filter.action = "update");
        list("by kind", "org_id_occurred_at_id_idx on", filter -> filter.resourceType = "contacts");
        list("by service", "org_id_occurred_at_id_idx on", filter -> filter.service = "crm-service");
        list("by words", "org_id_occurred_at_id_idx on", filter -> filter.q = "ada");
    }

    @Test
    void every_list_of_an_operator_walks_an_index() {
        for (var generic : List.of("auto", "force_generic_plan")) {
            walksIndexes("the newest of all", "occurred_at_id", generic, "platform_admin", query(null, filter -> {}));
            walksIndexes(
                    "by actor of all",
                    "occurred_at_id",
                    generic,
                    "platform_admin",
                    query(null, filter -> filter.actorId = "actor-13"));
            walksIndexes(
                    "by words of all",
                    "occurred_at_id",
                    generic,
                    "platform_admin",
                    query(null, filter -> filter.q = "ada"));
            var show = AuditLog.show(null);
            explain("show of all", "pkey", "platform_admin", app -> app.explain(generic, show, Tuple.of(null, id)));
            explain(
                    "history of all",
                    "org_id_resource_id",
                    "platform_admin",
                    app -> app.explain(generic, history(null)));
        }
    }

    @Test
    void a_record_and_a_history_are_found_by_index() {
        for (var generic : List.of("auto", "force_generic_plan")) {
            var show = AuditLog.show(ORG);
            explain("show", "pkey", "admin", app -> app.explain(generic, show, Tuple.of(ORG, id)));
            explain("history", "org_id_resource_id", "admin", app -> app.explain(generic, history(ORG)));
        }
    }

    private static void list(String what, String index, Consumer<LogFilter> asked) {
        for (var generic : List.of("auto", "force_generic_plan")) {
            walksIndexes(what, index, generic, "admin", query(ORG, asked));
        }
    }

    private static LogQuery query(UUID org, Consumer<LogFilter> asked) {
        var filter = new LogFilter();
        asked.accept(filter);
        return new LogQuery(org, filter, new Page());
    }

    private static ListQuery history(UUID org) {
        return AuditLog.history(org, "contacts", UUID.randomUUID().toString(), new Page());
    }

    private static void walksIndexes(String what, String index, String generic, String role, LogQuery query) {
        explain(what, index, role, app -> app.explain(generic, query.list()));
    }

    /** Empty partitions may be read whole, which costs nothing; those that hold something may not. */
    private static void explain(String what, String index, String role, Function<SqlSession, List<String>> plans) {
        try (var app = Sql.superuser().caller(ORG, role).open()) {
            var plan = plans.apply(app);
            var text = what + ":\n" + String.join("\n", plan);
            var filled = YearMonths.filled();
            assertFalse(
                    plan.stream()
                            .anyMatch(line -> line.contains("Seq Scan on audit_logs_")
                                    && filled.stream().anyMatch(line::contains)),
                    text);
            assertTrue(plan.stream().anyMatch(line -> line.matches(".*" + index + ".*")), text);
        }
    }

    @Test
    void lists_and_sealing_read_few_pages() {
        try (var app = Sql.superuser().caller(ORG, "admin").open()) {
            var list = query(ORG, filter -> {}).list();
            few("list", app, list.text(), list.args());
            var newest = app.column("select id from audit_logs where org_id = '" + ORG
                    + "' order by occurred_at desc, id desc limit 50");
            few("their sequences", app, "select sequences_of($1, $2, $3)", recorded(newest));
            var blocks = app.column("select unnest(ids[1:50]) from blocks where org_id = '" + ORG
                    + "' and first <= 70000" + " order by first desc limit 1");
            few(
                    "50 by sequence",
                    app,
                    "select * from audit_logs where org_id = $1 and id = any ($2::uuid[])",
                    Tuple.of(ORG, "{" + String.join(",", blocks) + "}"));
        }
        try (var owner = Sql.superuser().owner().open()) {
            var last = owner.number("select max(no) from audit_logs");
            few("to be sealed", owner, "select * from unsealed_records($1, $2)", Tuple.of(last - 30, last));
            var plan = String.join(
                    "\n",
                    owner.column("explain select id from audit_logs where no > " + (last - 30) + " and no <= " + last
                            + " order by no limit 5000"));
            assertTrue(plan.contains("_no_idx"), plan);
            assertTrue(YearMonths.filled().stream().noneMatch(month -> plan.contains("Seq Scan on " + month)), plan);
        }
    }

    @Test
    void rows_that_were_slipped_into_a_range_are_searched_in_its_blocks() {
        try (var app = Sql.superuser().caller(ORG, "admin").open()) {
            few("slipped in", app, "select * from added_record($1, $2, $3)", Tuple.of(ORG, 70_000, 70_050), 1_000);
        }
    }

    private static Tuple recorded(List<String> ids) {
        var rows = " from audit_logs where id in ('" + String.join("', '", ids) + "')";
        var columns = List.of("org_id", "no", "id").stream()
                .map(column -> Sql.superuser().value("select array_agg(" + column + " order by id)" + rows));
        return Tuple.from(columns.toArray());
    }

    private static void few(String what, SqlSession session, String sql, Tuple args) {
        few(what, session, sql, args, MOST_PAGES);
    }

    private static void few(String what, SqlSession session, String sql, Tuple args, int most) {
        var values = IntStream.range(0, args.size())
                .mapToObj(args::getValue)
                .map(value -> "'" + value + "'")
                .collect(joining(", "));
        session.run(
                "prepare measured as " + sql,
                "execute measured(" + values + ")"); // once without looking: reads the catalog
        var plan = session.column(
                "explain (analyze, buffers, costs off, timing off, summary off) execute measured(" + values + ")");
        session.run("deallocate measured");
        var text = what + ":\n" + String.join("\n", plan);
        var pages = BUFFERS.matcher(plan.stream()
                .filter(line -> line.contains("Buffers:"))
                .findFirst()
                .orElse("Buffers: shared hit=0"));
        int read = 0;
        while (pages.find()) {
            read += Integer.parseInt(pages.group(1));
        }
        assertFalse(text.contains("Seq Scan on audit_logs_2"), text);
        assertTrue(read <= most, read + " pages for " + text);
    }

    @Test
    void a_late_page_costs_what_the_first_does() {
        var filter = new LogFilter();
        var page = new Page() {
            @Override
            public Cursor after() {
                return Cursor.at(OffsetDateTime.now().plusDays(1), id);
            }
        };
        walksIndexes("a late page", "org_id_occurred", "auto", "admin", new LogQuery(ORG, filter, page));
    }

    /** The partitions that the test filled. */
    private static final class YearMonths {
        static List<String> filled() {
            return IntStream.range(0, 3)
                    .mapToObj(PartitionsTest.NOW::plusMonths)
                    .map(month -> "audit_logs_" + month.toString().replace('-', '_'))
                    .toList();
        }
    }
}
