package io.switchboard.voice.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.Sql;
import io.switchboard.kit.test.SqlRefusal;
import io.switchboard.voice.People;
import io.switchboard.voice.VoiceProfile;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who sees, records and locks usage by SQL as the app role. */
@QuarkusTest
@TestProfile(VoiceProfile.class)
class UsageRolesTest {
    private static final List<String> TABLES = List.of("agent_runs", "usage_months", "user_usage_tracking");

    final Caller acme = Caller.adminOfNewOrg();
    Caller owner;
    String agent;

    @BeforeEach
    void report() {
        owner = QuotaOwners.create(acme, "user", 1_000);
        agent = People.agent(owner);
        owner.post("/api/agents/" + agent + "/runs", QuotaOwners.run(5)).then().statusCode(201);
    }

    private Sql as(UUID user, String role) {
        return Sql.app(acme.orgId(), user, role);
    }

    @Test
    void who_is_no_user_any_more_sees_no_usage() {
        for (var table : TABLES) {
            var count = "select count(*) from " + table;
            assertEquals(1, as(owner.id(), "user").number(count), table);
            assertEquals(1, as(UUID.randomUUID(), "enterprise").number(count), table);
            assertEquals(0, as(UUID.randomUUID(), "user").number(count), table);
            for (var role : List.of("agent", "customer", "client")) {
                assertEquals(0, as(owner.id(), role).number(count), table + " as " + role);
            }
        }
    }

    @Test
    void a_run_is_recorded_by_the_owner_of_its_agent() {
        assertEquals(1, as(owner.id(), "user").run(run(owner.id())));
        assertEquals(1, as(acme.id(), "admin").run(run(owner.id())));
        refused(as(owner.id(), "agent"), run(owner.id()));
        refused(as(acme.id(), "admin"), run(acme.id()));
        var other = UUID.randomUUID();
        refused(as(other, "user"), run(other));
        refused(as(other, "enterprise"), run(other));
    }

    private String run(UUID runOwner) {
        return ("insert into agent_runs (org_id, agent_id, owner_id, source, local_day, started_at, ended_at, tokens, duration_seconds,"
                        + " cost) values ('%s', '%s', '%s', 'api', current_date, now(), now(), 1, 1, 1)")
                .formatted(acme.orgId(), agent, runOwner);
    }

    @Test
    void users_lock_their_own_month_alone() {
        var lock = "select tokens from lock_usage_of_month('" + owner.id() + "', null)";
        for (var role : List.of("user", "enterprise", "admin", "service")) {
            assertEquals(List.of("5"), as(owner.id(), role).column(lock), role);
        }
        for (var role : List.of("user", "enterprise", "agent", "customer", "client")) {
            refused(as(UUID.randomUUID(), role), lock);
            refused(as(null, role), lock);
        }
        refused(as(owner.id(), "agent"), lock);
        var none = "select tokens from lock_usage_of_month(null, null)";
        refused(as(owner.id(), "user"), none);
    }

    private static void refused(Sql sql, String statement) {
        var refusal = assertThrows(SqlRefusal.class, () -> sql.column(statement), statement);
        assertTrue(
                refusal.getMessage().contains("not yours")
                        || refusal.getMessage().contains("row-level security"),
                refusal.getMessage());
    }
}
