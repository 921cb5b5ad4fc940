package io.switchboard.audit.log;

import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.audit.SampleEvents;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import io.switchboard.kit.test.SqlRefusal;
import io.switchboard.kit.test.SqlSession;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class PartitionsTest {
    static final YearMonth NOW = YearMonth.now(ZoneOffset.UTC);
    final Caller acme = Caller.adminOfNewOrg();

    @Test
    void this_month_and_the_next_three_have_a_partition_each() {
        try (var database = Sql.superuser().open()) {
            var partitions = database.column(
                    "select inhrelid::regclass::text from pg_inherits where inhparent = 'audit_logs'::regclass");
            for (int ahead = 0; ahead < 4; ahead++) {
                assertTrue(partitions.contains(name(NOW.plusMonths(ahead))), partitions.toString());
            }
        }
    }

    @Test
    void an_event_lies_in_the_month_of_its_id_or_with_the_strays() {
        var current = SampleEvents.event(acme.orgId());
        var next = SampleEvents.event(acme.orgId(), "id", id(NOW.plusMonths(1)));
        var old = SampleEvents.event(acme.orgId(), "id", id(NOW.minusMonths(7)));
        var random = SampleEvents.event(acme.orgId(), "id", UUID.randomUUID().toString());
        SampleEvents.post(current, next, old, random).then().body("accepted", is(4));
        try (var database = Sql.superuser().open()) {
            assertEquals(name(NOW), partition(database, current.get("id")));
            assertEquals(name(NOW.plusMonths(1)), partition(database, next.get("id")));
            assertEquals("audit_logs_strays", partition(database, old.get("id")));
            assertEquals("audit_logs_strays", partition(database, random.get("id")));
        }
        acme.get("/api/audit/logs").then().body("items", hasSize(4));
    }

    @Test
    void strays_move_to_their_month_when_it_gets_a_partition() {
        var month = NOW.plusMonths(3);
        try (var owner = Sql.superuser().owner().open();
                var database = Sql.superuser().open();
                var app = Sql.superuser().app().open()) {
            owner.run("drop table audit_logs_" + month.format(DateTimeFormatter.ofPattern("yyyy_MM")));
            var stray = SampleEvents.event(acme.orgId(), "id", id(month));
            SampleEvents.post(stray);
            assertEquals("audit_logs_strays", partition(database, stray.get("id")));
            assertEquals(List.of("1"), app.column("select ensure_partitions()"));
            assertEquals(name(month), partition(database, stray.get("id")));
            assertEquals(List.of("0"), app.column("select ensure_partitions()"));
            SampleEvents.post(stray).then().body("duplicates", is(1));
            refused(owner, "delete from audit_logs_strays");
        }
    }

    @Test
    void the_service_itself_can_change_nothing_that_is_written() {
        SampleEvents.post(SampleEvents.event(acme.orgId()));
        try (var app = Sql.superuser().app().open()) {
            app.run("set app.org_id = '" + acme.orgId() + "'");
            assertEquals(List.of("1"), app.column("select count(*) from audit_logs"));
            for (var statement : statements()) {
                var refusal = assertThrows(SqlRefusal.class, () -> app.run(statement), statement);
                assertTrue(refusal.getMessage().contains("permission denied"), refusal.getMessage());
            }
        }
    }

    @Test
    void nor_can_the_owner() {
        SampleEvents.post(
                SampleEvents.event(acme.orgId()), SampleEvents.event(acme.orgId(), "id", id(NOW.minusMonths(7))));
        try (var owner = Sql.superuser().owner().open()) {
            for (var statement : statements()) {
                if (!statement.startsWith("insert")) {
                    refused(owner, statement);
                }
            }
        }
    }

    private static List<String> statements() {
        var statements = new ArrayList<String>();
        for (var table : List.of("audit_logs", "audit_logs_strays", name(NOW))) {
            statements.add("insert into %s select * from audit_logs".formatted(table));
            statements.add("update %s set action = 'nothing'".formatted(table));
            statements.add("delete from " + table);
            statements.add("truncate " + table);
        }
        return statements;
    }

    private static void refused(SqlSession database, String statement) {
        var refusal = assertThrows(SqlRefusal.class, () -> database.run(statement), statement);
        assertTrue(refusal.getMessage().contains("is append-only"), refusal.getMessage());
    }

    private static String partition(SqlSession database, Object id) {
        return database.column("select tableoid::regclass from audit_logs where id = '" + id + "'")
                .get(0);
    }

    private static String name(YearMonth month) {
        return "audit_logs_" + month.format(DateTimeFormatter.ofPattern("yyyy_MM"));
    }

    /** A UUIDv7 of the middle of a month. */
    private static String id(YearMonth month) {
        var millis = month.atDay(15).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
        var random = UUID.randomUUID();
        return new UUID(
                        millis << 16 | 0x7000 | random.getMostSignificantBits() & 0xfff,
                        random.getLeastSignificantBits())
                .toString();
    }
}
