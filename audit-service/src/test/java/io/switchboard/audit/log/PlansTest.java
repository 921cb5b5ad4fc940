package io.switchboard.audit.log;

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
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the database makes of the lists when there is much in them, asked as the service's own role. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class PlansTest {
    static final UUID ORG = UUID.fromString("0199aaaa-0000-7000-8000-000000000003");
    static UUID id; // of one of them

    /** 120,000 events over this month and the next two: half of them one organization's, the rest nine others'; 9,000 of 3,000 more. */
    @BeforeAll
    static void fill() {
        Sql.superuser()
                .run(
                        "insert into audit_logs (org_id, id, occurred_at, actor_id, actor_type, action, resource_type,"
                                + " resource_id, service, new_data, request_id, outcome)"
                                + " select case when i > 120000 then md5('org ' || i % 3000)"
                                + " else '0199aaaa-0000-7000-8000-00000000000' || case when i % 2 = 0 then 3 else i % 10 end end::uuid,"
                                + " overlay(first_id(t)::text placing lpad(to_hex(i), 12, '0') from 25)::uuid, t, 'actor-' || i % 1000,"
                                + " 'user', (array['create', 'update', 'delete', 'login'])[1 + i / 10 % 4], 'contacts',"
                                + " md5((i / 3)::text)::uuid, 'crm-service', jsonb_build_object('name', 'Ada ' || i), 'req-' || i / 2,"
                                + " case when i / 10 % 50 = 0 then 'failure' else 'success' end"
                                + " from (select i, date_trunc('month', now()) + i % 120000 * interval '1 minute' as t"
                                + " from generate_series(1, 129000) i) s",
                        "analyze audit_logs");
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
