package io.switchboard.audit.integrity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.audit.SealedLog;
import io.switchboard.kit.request.Origin;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.TenantSql;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Trees with more records than are checked while a caller waits. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class PartialCheckTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Inject
    TenantSql sql;

    @Inject
    TreeCheck trees;

    @Inject
    MeterRegistry meters;

    @Inject
    FullChecks fullChecks;

    final UUID org = UUID.randomUUID();
    final CallerContext caller = CallerContext.Value.user(org, UUID.randomUUID(), "admin", Origin.worker());

    @Test
    void the_newest_are_checked_now_and_the_others_from_time_to_time() {
        var events = SealedLog.create(org, 600);
        var whole = check(100);
        assertTrue(whole.valid());
        assertEquals(500, whole.checkedFrom());
        assertEquals(599, whole.checkedTo());
        assertNull(whole.lastFullCheckAt());

        tamper("update audit_logs set outcome = 'failure' where id = '"
                + events.get(10).get("id") + "'");
        assertTrue(check(100).valid(), "it is not among the newest");
        othersAreChecked();
        fullChecks.checkDue().await().atMost(PATIENCE);
        var later = check(100);
        assertNotNull(later.lastFullCheckAt());
        assertEquals(
                new BrokenRecord(UUID.fromString((String) events.get(10).get("id")), 10, BreakReason.CHANGED),
                later.firstBroken());

        double findings = meters.counter("switchboard.audit.broken.trees").count();
        tamper("update audit_logs set action = 'other' where id = '"
                + events.get(550).get("id") + "'");
        assertEquals(10, check(100).firstBroken().sequence(), "the first one counts");
        assertEquals(550, check(60).firstBroken() == null ? -1 : broken(60), "and the other is found");
        assertTrue(meters.counter("switchboard.audit.broken.trees").count() > findings);
    }

    /** What other tests have left is not due. */
    private void othersAreChecked() {
        Sql.superuser()
                .run("insert into integrity_checks as c (org_id, full_checked_at) select t.org_id, now() from trees t"
                        + " where t.org_id <> '" + org
                        + "' on conflict (org_id) do update set full_checked_at = now()");
    }

    private long broken(long checkedNow) {
        Sql.superuser().run("delete from integrity_checks where org_id = '" + org + "'");
        return check(checkedNow).firstBroken().sequence();
    }

    private IntegrityView check(long checkedNow) {
        return new Integrity(sql, trees, meters, checkedNow)
                .check(caller, org)
                .await()
                .atMost(PATIENCE);
    }

    private static void tamper(String statement) {
        Sql.superuser().withoutTriggers().run(statement);
    }
}
