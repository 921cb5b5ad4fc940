package io.switchboard.voice.analytics;

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

/** Many workers change calls of a few tenants at once, in every order. */
class CallCountsTest {
    private static final int WORKERS = 8;
    private static final int OPERATIONS = 20_000;
    private static final int CALLS = 400; // an organization
    private static final List<UUID> ORGS = List.of(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID());
    private static final List<String> ZONES =
            List.of("UTC", "Pacific/Kiritimati", "Pacific/Honolulu", "Nowhere/At_All");

    private static final List<String> PROVIDERS = List.of("vapi", "twilio");

    private static AppSql sql;

    @BeforeAll
    static void start() {
        sql = new AppSql();
        sql.run("alter table call_logs disable trigger audit"); // audit events would be most of the work
    }

    @AfterAll
    static void stop() {
        sql.close();
    }

    @Test
    void counts_equal_a_recount_after_random_work() throws Exception {
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
        var counted = sql.superuser("select count(*) from call_logs where head_id is null");
        assertTrue(Integer.parseInt(counted.get(0)) > 100, counted.get(0));
        assertEquals(List.of(), Recount.differences(sql));
        for (var org : ORGS) {
            assertEquals(List.of("0"), sql.as(org, "service", "select rebuild_call_analytics('" + org + "')"));
        }
        assertEquals(List.of(), Recount.differences(sql));
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
        int kind = random.nextInt(100);
        if (kind < 25) {
            return insert(org, random);
        } else if (kind < 60) {
            return update(random, report(random));
        } else if (kind < 75) {
            return update(
                    random,
                    "status = 'ended', answered = %s, duration_seconds = %d, ended_reason = 'reason %d'"
                            .formatted(random.nextBoolean(), random.nextInt(600), random.nextInt(4)));
        } else if (kind < 82) { // several calls in one transaction
            return "update call_logs set cost = coalesce(cost, 0) + 0.01 where (org_id, id) in (select c.org_id, c.id"
                    + " from call_logs c where c.org_id = '" + org
                    + "' and c.provider = 'vapi' and c.provider_call_id in ('c"
                    + random.nextInt(CALLS) + "', 'c" + random.nextInt(CALLS) + "', 'c" + random.nextInt(CALLS)
                    + "') order by c.id for update)";
        } else if (kind < 92) {
            return becomeLeg(random);
        } else if (kind < 95) {
            return "update call_logs set contact_id = '" + contact(random)
                    + "' where (org_id, id) in (select c.org_id, c.id from" + " call_logs c where c.contact_id = '"
                    + contact(random) + "' order by c.id limit 5 for update)";
        } else if (kind < 98) {
            return "select erase_calls('%s', array['%s'], 5)".formatted(contact(random), number(random));
        } else {
            return "insert into organization_settings (org_id, id, time_zone, default_region, business_hours, version)"
                    + " values ('%1$s', '%1$s', '%2$s', 'US', '{}', 1)".formatted(org, any(random, ZONES))
                    + " on conflict (org_id, id) do update set time_zone = excluded.time_zone";
        }
    }

    private static String insert(UUID org, Random random) {
        return ("insert into call_logs (org_id, provider, provider_call_id, status, direction, from_e164, to_e164, contact_id,"
                        + " client_id, assistant_id, started_at) values ('%s', '%s', 'c%d', 'ringing', '%s', '%s', '%s', '%s',"
                        + " %s, %s, %s) on conflict do nothing")
                .formatted(
                        org,
                        any(random, PROVIDERS),
                        random.nextInt(CALLS),
                        any(random, List.of("inbound", "outbound", "web")),
                        number(random),
                        number(random),
                        contact(random),
                        id(random, "client"),
                        id(random, "assistant"),
                        moment(random));
    }

    private static String report(Random random) {
        return switch (random.nextInt(9)) {
            case 0 -> "duration_seconds = " + random.nextInt(900);
            case 1 ->
                "cost = %d.%02d, currency = %s"
                        .formatted(
                                random.nextInt(3), random.nextInt(100), any(random, List.of("'USD'", "'EUR'", "null")));
            case 2 -> "success = " + any(random, List.of("true", "false", "null"));
            case 3 -> "tokens = " + random.nextInt(5000);
            case 4 -> "answered_by = " + any(random, List.of("'human'", "'machine'", "'unknown'"));
            case 5 -> "started_at = " + moment(random);
            case 6 -> "client_id = " + id(random, "client");
            case 7 ->
                "agent_id = " + id(random, "agent") + ", assistant_id = " + id(random, "assistant") + ", owner_id = "
                        + id(random, "owner");
            default -> "summary = 'nothing that counts'";
        };
    }

    private static String update(Random random, String change) {
        return "update call_logs set " + change + " where provider = '" + any(random, PROVIDERS)
                + "' and provider_call_id = 'c" + random.nextInt(CALLS) + "'";
    }

    /** Whoever locks several calls does it in one order. */
    private static String becomeLeg(Random random) {
        var leg = "provider = 'twilio' and provider_call_id = 'c" + random.nextInt(CALLS) + "'";
        var head = "provider = 'vapi' and provider_call_id = 'c" + random.nextInt(CALLS) + "'";
        return "select id from call_logs where " + leg + " or " + head
                + " order by id for update; update call_logs set head_id = coalesce((select id from call_logs where "
                + head + "), head_id) where " + leg;
    }

    private static String contact(Random random) {
        return new UUID(0, random.nextInt(40)).toString();
    }

    private static String number(Random random) {
        return "+1555000" + (1000 + random.nextInt(30));
    }

    private static String id(Random random, String kind) {
        int which = random.nextInt(4);
        return which == 0 ? "null" : "'" + new UUID(kind.hashCode(), which) + "'";
    }

    private static String moment(Random random) {
        return "timestamptz '2026-06-01 12:00Z' + " + (random.nextInt(6_000) - 3_000) + " * interval '1 minute'";
    }

    private static <T> T any(Random random, List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
