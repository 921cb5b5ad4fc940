package io.switchboard.auth;

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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(AuthSettings.class)
class CleanUpsTest {
    /** A function, and what puts expired rows in front of it: organization, number of rows. */
    static final Map<String, String> CLEAN_UPS = Map.of(
            "forget_refresh_families", """
                    insert into refresh_families (org_id, id, user_id, token_hash, expires_at)
                    select '%s', gen_random_uuid(), gen_random_uuid(), '', now() - interval '8 days' - n * interval '1 ms'
                    from generate_series(1, %d) n""",
            "forget_client_sessions", """
                    insert into client_sessions (org_id, id, client_id, token_hash, expires_at)
                    select '%s', gen_random_uuid(), gen_random_uuid(), '', now() - interval '8 days' - n * interval '1 ms'
                    from generate_series(1, %d) n""",
            "forget_devices", """
                    insert into device_tokens (org_id, id, user_id, token_hash, expires_at)
                    select '%s', gen_random_uuid(), gen_random_uuid(), '', now() - n * interval '1 ms'
                    from generate_series(1, %d) n""",
            "forget_password_resets", """
                    insert into password_resets (org_id, id, user_id, token_hash, expires_at)
                    select '%s', gen_random_uuid(), gen_random_uuid(), '', now() - n * interval '1 ms'
                    from generate_series(1, %d) n""",
            "expire_invitations", """
                    insert into invitations (org_id, id, email, role, token_hash, expires_at)
                    select '%s', gen_random_uuid(), n || '@example.com', 'agent', '', now() - n * interval '1 ms'
                    from generate_series(1, %d) n""",
            "forget_attempts", """
                    insert into login_attempts (scope, key, updated_at)
                    select scope::attempt_scope, convert_to('%s' || n, 'UTF8'), now() - interval '31 days' - n * interval '1 ms'
                    from generate_series(1, %d / 2) n, unnest(array['address', 'account']) scope""");

    @Inject
    CleanUps cleanUps;

    final UUID org = UUID.randomUUID();
    SqlSession superuser;

    @BeforeEach
    void connect() {
        superuser = Sql.superuser().withoutTriggers().open(); // neither foreign keys nor audit events
    }

    @AfterEach
    void disconnect() {
        superuser.close();
    }

    @Test
    void rounds_of_many_steps_leave_nothing() {
        superuser.run(CLEAN_UPS.get("forget_attempts").formatted(org, 20_000));
        await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> Sql.superuser()
                                .column("select count(*) from login_attempts where key >= convert_to('" + org
                                        + "', 'UTF8') and key < convert_to('" + org + "z', 'UTF8')"),
                        List.of("0")::equals);
    }

    @Test
    void a_step_removes_at_most_1000_rows_and_says_so() {
        superuser.begin(); // the service sees nothing of it
        for (var cleanUp : CLEAN_UPS.entrySet()) {
            var most = cleanUp.getKey().equals("forget_client_sessions") ? 500 : 1_000;
            superuser.run(cleanUp.getValue().formatted(org, most * 5 / 2));
            var steps = new ArrayList<Integer>();
            for (int i = 0; i < 4; i++) {
                steps.add((int) superuser.number("select " + cleanUp.getKey() + "()"));
            }
            assertEquals(List.of(most, most, most / 2, 0), steps, cleanUp.getKey());
        }
    }

    @Test
    void every_clean_up_of_the_schema_is_scheduled() {
        var found = Sql.superuser()
                .column("select proname from pg_proc where pronamespace = 'auth'::regnamespace"
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

    private String planWithin(String function) {
        superuser.run("set client_min_messages = log");
        var plan = superuser.messages("select " + function + "()");
        superuser.run("set client_min_messages = notice");
        return plan;
    }
}
