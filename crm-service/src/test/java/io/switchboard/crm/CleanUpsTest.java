package io.switchboard.crm;

import static java.time.Duration.ofSeconds;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.kit.schedule.CleanUps;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import io.switchboard.kit.test.SqlSession;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class CleanUpsTest {
    /** A function, and what puts expired rows of an organization in front of it: organization, number of rows. */
    static final Map<String, String> CLEAN_UPS = Map.of(
            "forget_idempotency_keys", """
                    insert into idempotency_keys (org_id, principal, operation, key, fingerprint, created_at)
                    select '%s', 'a', 'b', n::text, '', now() - interval '25 hours' - n * interval '1 ms'
                    from generate_series(1, %d) n""",
            "forget_work", """
                    insert into work (org_id, kind, payload, state, finished_at)
                    select '%s', 'any', '{}', 'done', now() - interval '8 days' - n * interval '1 ms'
                    from generate_series(1, %d) n""",
            "expire_old_notifications", """
                    insert into notifications (org_id, user_id, type, title, message, expires_at)
                    select '%s', uuid_v7(), 'missed_call', 'Missed call', 'x', now() - n * interval '1 ms'
                    from generate_series(1, %d) n""");

    @Inject
    CleanUps cleanUps;

    final UUID org = UUID.randomUUID();
    SqlSession superuser;

    @BeforeEach
    void connect() {
        superuser = Sql.superuser().withoutTriggers().open(); // neither members nor audit events
    }

    @AfterEach
    void disconnect() {
        superuser.close();
    }

    @Test
    void a_round_of_many_steps_leaves_nothing() {
        for (var fill : CLEAN_UPS.values()) {
            superuser.run(fill.formatted(org, 30_000));
        }
        await().atMost(ofSeconds(60)).untilAsserted(() -> {
            assertEquals(List.of("0"), count("idempotency_keys"));
            assertEquals(List.of("0"), count("notifications"));
        });
    }

    @Test
    void a_step_removes_1000_rows_and_says_so() {
        superuser.begin(); // the service sees nothing of it
        for (var cleanUp : CLEAN_UPS.entrySet()) {
            superuser.run(cleanUp.getValue().formatted(org, 2_500));
            var steps = new ArrayList<String>();
            for (int i = 0; i < 4; i++) {
                steps.add(superuser.value("select " + cleanUp.getKey() + "()"));
            }
            assertEquals(List.of("1000", "1000", "500", "0"), steps, cleanUp.getKey());
        }
    }

    @Test
    void every_clean_up_of_the_schema_is_scheduled() {
        var found = superuser.column("select proname from pg_proc where pronamespace = 'crm'::regnamespace"
                + " and proname ~ '^(forget|expire)_' order by 1");
        assertEquals(found, cleanUps.functions().stream().sorted().toList());
    }

    @Test
    void a_step_reads_an_index() {
        superuser.begin();
        superuser.run("load 'auto_explain'");
        superuser.run("set auto_explain.log_min_duration = 0");
        superuser.run("set auto_explain.log_nested_statements = on");
        for (var cleanUp : CLEAN_UPS.entrySet()) {
            superuser.run(cleanUp.getValue().formatted(org, 20_000));
            var plan = planWithin(cleanUp.getKey());
            assertTrue(plan.contains("Index Scan"), plan);
            assertFalse(plan.contains("Seq Scan"), plan);
        }
    }

    private List<String> count(String table) {
        return superuser.column("select count(*) from " + table + " where org_id = '" + org + "'");
    }

    private String planWithin(String function) {
        superuser.run("set client_min_messages = log");
        var plan = superuser.messages("select " + function + "()");
        superuser.run("set client_min_messages = notice");
        return plan;
    }
}
