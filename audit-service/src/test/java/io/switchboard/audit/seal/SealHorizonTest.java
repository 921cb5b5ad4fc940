package io.switchboard.audit.seal;

import static io.switchboard.audit.SampleEvents.event;
import static io.switchboard.audit.SampleEvents.post;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import io.switchboard.kit.test.SqlRefusal;
import io.switchboard.kit.test.SqlSession;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is recorded late under an early number is sealed, too. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class SealHorizonTest {
    private static final Duration HELD = Duration.ofSeconds(3);

    final Caller acme = Caller.adminOfNewOrg();
    final Caller globex = Caller.adminOfNewOrg();

    @Test
    void a_transaction_that_stays_open_is_waited_for_and_holds_up_nobody() {
        var late = event(acme.orgId());
        try (var slow = Sql.superuser().app().open()) {
            slow.begin();
            record(slow, late);
            var until = Instant.now().plus(HELD);
            for (int i = 0; i < 20; i++) {
                var before = Instant.now();
                post(event(globex.orgId())).then().statusCode(200);
                assertTrue(Duration.between(before, Instant.now()).toMillis() < 1_000, "recording was held up");
            }
            await().pollDelay(Duration.between(Instant.now(), until)).until(() -> true);
            assertEquals(0, new SealedOrganization(globex.orgId()).size(), "sealed before a lower number");
            slow.commit();
        }
        new SealedOrganization(globex.orgId()).awaitSize(20);
        new SealedOrganization(acme.orgId()).awaitSize(1);
        assertTrue(lastNo(acme)
                < Sql.superuser().number("select min(no) from audit_logs where org_id = '" + globex.orgId() + "'"));
    }

    /** The test above would notice: by the newest number alone, the late record is never sealed. */
    @Test
    void by_the_newest_number_alone_it_would_be_skipped() {
        var horizon = Sql.superuser().value("select pg_get_functiondef('seal_horizon'::regproc)");
        Sql.superuser()
                .run("create or replace function seal_horizon() returns bigint language sql security definer"
                        + " set search_path = audit, pg_temp as 'select max(no) from audit_logs'");
        try (var slow = Sql.superuser().app().open()) {
            slow.begin();
            record(slow, event(acme.orgId()));
            post(event(globex.orgId()));
            new SealedOrganization(globex.orgId()).awaitSize(1);
            slow.commit();
        } finally {
            Sql.superuser().run(horizon);
        }
        post(event(globex.orgId()));
        new SealedOrganization(globex.orgId()).awaitSize(2);
        assertEquals(0, new SealedOrganization(acme.orgId()).size());
    }

    @Test
    void what_was_rolled_back_leaves_a_gap_that_holds_up_nothing() {
        try (var failed = Sql.superuser().app().open()) {
            failed.begin();
            record(failed, event(acme.orgId()));
            failed.rollback();
        }
        post(event(acme.orgId()));
        new SealedOrganization(acme.orgId()).awaitSize(1);
    }

    @Test
    void of_two_that_seal_the_same_records_one_wins() {
        post(event(acme.orgId()));
        var sealed = new SealedOrganization(acme.orgId());
        sealed.awaitSize(1);
        try (var app = Sql.superuser().app().open()) {
            var again = "select seal(%s, %s, array['" + acme.orgId() + "']::uuid[], array[%s]::bigint[], array[1],"
                    + " array[%s]::bigint[], array[gen_random_uuid()], array[decode(repeat('00', 32), 'hex')],"
                    + " array[decode(repeat('00', 32), 'hex')], array[decode(repeat('00', 32), 'hex')],"
                    + " '{}', '{}', '{}', '{}')";
            var no = lastNo(acme);
            var late = again.formatted(no - 1, no, 0, no);
            assertEquals(
                    "40001", assertThrows(SqlRefusal.class, () -> app.run(late)).state());
            var wrongPlace = "select up_to_no from seal_cursor";
            var cursor = app.number(wrongPlace);
            var second = again.formatted(cursor, cursor + 1, 0, cursor + 1);
            assertEquals(
                    "40001",
                    assertThrows(SqlRefusal.class, () -> app.run(second)).state());
        }
        assertEquals(1, sealed.size());
        assertFalse(sealed.ids().isEmpty());
    }

    private static long lastNo(Caller org) {
        return Sql.superuser().number("select max(no) from audit_logs where org_id = '" + org.orgId() + "'");
    }

    private static void record(SqlSession session, Map<String, Object> event) {
        try {
            var json = new ObjectMapper().writeValueAsString(List.of(event));
            session.column("select index from record_events('" + json + "')");
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
