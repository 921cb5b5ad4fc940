package io.switchboard.voice.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.switchboard.voice.AppSql;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Many workers report runs and change calls of two tenants at once, in every order and with repeats. */
class UsageCountsTest {
    private static final int WORKERS = 6;
    private static final int OPERATIONS = 3_000;
    private static final int CALLS = 100; // an organization
    private static final List<UUID> ORGS = List.of(UUID.randomUUID(), UUID.randomUUID());

    private static AppSql sql;

    @BeforeAll
    static void start() {
        sql = new AppSql();
        sql.run("alter table call_logs disable trigger audit", "alter table agent_runs disable trigger audit");
        for (var org : ORGS) {
            sql.run(
                    "insert into members (org_id, id, name, email, role, is_active, monthly_token_quota, version) select '"
                            + org
                            + "', owner, 'Ada', 'ada@example.com', 'user', true, 20000, 1 from unnest(array[" + owner(1)
                            + ", " + owner(2)
                            + "]::uuid[]) owner");
            sql.fill("insert into agents (org_id, id, owner_id, name) values ('" + org + "', " + agent(1) + ", "
                    + owner(1) + ", 'One'), ('" + org + "', " + agent(2) + ", " + owner(2) + ", 'Two')");
        }
    }

    @AfterAll
    static void stop() {
        sql.close();
    }

    @Test
    void counters_equal_a_recount_after_random_work() throws Exception {
        var workers = Executors.newFixedThreadPool(WORKERS);
        var runs = new ArrayList<Callable<Void>>();
        for (int i = 0; i < WORKERS; i++) {
            var random = new Random(i);
            runs.add(() -> work(random));
        }
        for (var run : workers.invokeAll(runs)) {
            run.get();
        }
        workers.shutdown();
        assertTrue(Integer.parseInt(sql.superuser("select count(*) from agent_runs where source = 'call'")
                        .get(0))
                > 20);
        assertEquals(List.of(), UsageRecount.differences(sql::superuser));
        // However often the tokens fell and rose again.
        assertEquals(
                List.of(),
                sql.superuser("select event ->> 'idempotencyKey' from outbox where destination = 'crm-service'"
                        + " group by org_id, event ->> 'idempotencyKey' having count(*) > 1"));
    }

    private static Void work(Random random) {
        try (var session = sql.connect()) {
            session.begin();
            for (int i = 0; i < OPERATIONS / WORKERS; i++) {
                var org = ORGS.get(random.nextInt(ORGS.size()));
                session.run("select set_config('app.org_id', '" + org
                        + "', true), set_config('app.role', 'service', true); " + operation(org, random));
                session.commit();
            }
        }
        return null;
    }

    private static String operation(UUID org, Random random) {
        return switch (random.nextInt(10)) {
            case 0, 1, 2 -> call(org, random);
            case 3, 4 -> update(random, "status = 'ended', duration_seconds = " + random.nextInt(600));
            case 5 -> update(random, "tokens = " + random.nextInt(900));
            case 6 ->
                update(
                        random,
                        "cost = 0." + random.nextInt(100) + ", currency = '"
                                + (random.nextBoolean() ? "USD'" : "EUR'"));
            case 7 ->
                update(random, "owner_id = " + owner(random.nextInt(3)) + ", agent_id = " + agent(random.nextInt(3)));
            case 8 -> becomeLeg(random);
            default -> run(org, random);
        };
    }

    private static String call(UUID org, Random random) {
        return ("insert into call_logs (org_id, provider, provider_call_id, status, owner_id, agent_id, tokens, started_at)"
                        + " values ('%s', '%s', 'c%d', '%s', %s, %s, 10, now() - %d * interval '7 hours') on conflict do nothing")
                .formatted(
                        org,
                        random.nextBoolean() ? "vapi" : "twilio",
                        random.nextInt(CALLS),
                        random.nextBoolean() ? "ringing" : "ended",
                        owner(random.nextInt(3)),
                        agent(random.nextInt(3)),
                        random.nextInt(200));
    }

    private static String update(Random random, String change) {
        return "update call_logs set " + change + " where provider = '" + (random.nextBoolean() ? "vapi" : "twilio")
                + "' and provider_call_id = 'c" + random.nextInt(CALLS) + "'";
    }

    /** Several calls are locked in one order. */
    private static String becomeLeg(Random random) {
        var leg = "provider = 'twilio' and provider_call_id = 'c" + random.nextInt(CALLS) + "'";
        var head = "provider = 'vapi' and provider_call_id = 'c" + random.nextInt(CALLS) + "'";
        return "select id from call_logs where " + leg + " or " + head
                + " order by id for update; update call_logs set head_id = (select id from call_logs where " + head
                + ") where " + leg;
    }

    private static String run(UUID org, Random random) {
        int which = 1 + random.nextInt(2);
        return ("select from lock_usage_of_month(%1$s, null); insert into agent_runs (org_id, agent_id, owner_id, source, local_day,"
                        + " started_at, ended_at, tokens, duration_seconds, cost) values ('%2$s', %3$s, %1$s, 'api',"
                        + " organization_time('%2$s', now())::date, now(), now(), %4$d, 1, 0.01)")
                .formatted(owner(which), org, agent(which), random.nextInt(200));
    }

    private static String owner(int which) {
        return which == 0 ? "null" : "'" + new UUID(1, which) + "'::uuid";
    }

    private static String agent(int which) {
        return which == 0 ? "null" : "'" + new UUID(2, which) + "'::uuid";
    }
}
