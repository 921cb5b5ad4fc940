package io.switchboard.voice.contact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.switchboard.kit.test.SqlRefusal;
import io.switchboard.kit.test.SqlSession;
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

/** Erasures, merges and workers change the same calls at once, heads and legs: each locks the rows in the same order. */
class LockOrderTest {
    private static final UUID ORG = UUID.randomUUID();
    private static final int WORKERS = 8;
    private static final int ROUNDS = 400; // a worker
    private static final int CALLS = 120;
    private static final String DEADLOCK = "40P01";
    private static final String LOCKED = "55P03"; // the answer to nowait: the worker begins anew
    private static final List<String> PROVIDERS = List.of("vapi", "twilio");

    private static AppSql sql;

    @BeforeAll
    static void fill() {
        sql = new AppSql();
        sql.run("alter table call_logs disable trigger audit"); // audit events would be most of the work
    }

    @AfterAll
    static void stop() {
        sql.close();
    }

    @Test
    void no_two_of_them_wait_for_each_other() throws Exception {
        var workers = Executors.newFixedThreadPool(WORKERS);
        var runs = new ArrayList<Callable<List<String>>>();
        for (int worker = 0; worker < WORKERS; worker++) {
            var random = new Random(worker);
            runs.add(() -> work(random));
        }
        var refusals = new ArrayList<String>();
        for (var run : workers.invokeAll(runs)) {
            refusals.addAll(run.get());
        }
        workers.shutdown();
        assertEquals(List.of(), refusals.stream().filter(DEADLOCK::equals).toList());
        assertEquals(
                List.of(),
                refusals.stream().filter(state -> !state.equals(LOCKED)).toList());
        assertTrue(count("head_id is not null") > 5, "there are legs");
        assertTrue(count("erased_at is not null") > 5, "there are erased calls");
        assertEquals(
                List.of(),
                sql.superuser(
                        "select l.id from call_logs l join call_logs h on h.org_id = l.org_id and h.id = l.head_id"
                                + " where (l.erased_at is null) <> (h.erased_at is null)"),
                "a call is erased with all of its rows");
    }

    /** The states of what PostgreSQL refused. */
    private static List<String> work(Random random) {
        var refusals = new ArrayList<String>();
        try (var session = sql.connect()) {
            session.begin();
            for (int round = 0; round < ROUNDS; round++) {
                try {
                    session.run("select set_config('app.org_id', '" + ORG
                            + "', true), set_config('app.role', 'service', true)");
                    change(session, random);
                    session.commit();
                } catch (SqlRefusal refusal) {
                    refusals.add(refusal.state());
                    session.rollback();
                }
            }
        }
        return refusals;
    }

    private static void change(SqlSession session, Random random) {
        int kind = random.nextInt(100);
        if (kind < 30) {
            session.run(insert(random));
        } else if (kind < 55) {
            becomeOne(session, "c" + random.nextInt(CALLS));
        } else if (kind < 75) {
            changeWhole(session, any(random, PROVIDERS), "c" + random.nextInt(CALLS));
        } else if (kind < 90) {
            session.run(ContactMerge.MOVE
                    .replace("$1", "'" + ORG + "'")
                    .replace("$2", "'" + contact(random) + "'")
                    .replace("$3", "'" + contact(random) + "'"));
        } else if (kind < 96) {
            session.run("select link_contact('%s', 'c%d', '%s')"
                    .formatted(any(random, PROVIDERS), random.nextInt(CALLS), contact(random)));
        } else {
            session.run("select erase_calls('%s', array['%s'], 20)".formatted(contact(random), number(random)));
        }
    }

    private static String insert(Random random) {
        return ("insert into call_logs (org_id, provider, provider_call_id, status, direction, from_e164, contact_id, started_at)"
                        + " values ('%s', '%s', 'c%d', 'ringing', 'inbound', '%s', '%s', now() - %d * interval '1 minute')"
                        + " on conflict do nothing")
                .formatted(
                        ORG,
                        any(random, PROVIDERS),
                        random.nextInt(CALLS),
                        number(random),
                        contact(random),
                        random.nextInt(10_000));
    }

    /** As a worker that learns that the carrier's row is a leg of the platform's: of an erased call both are. */
    private static void becomeOne(SqlSession session, String key) {
        var ids = session.column("select id from lock_call_keys(array['vapi', 'twilio'], array['" + key + "', '" + key
                + "']) id order by 1");
        if (ids.size() < 2) {
            return;
        }
        var all = "array['" + String.join("', '", ids) + "']::uuid[]";
        session.run(
                "select erase_call_rows(" + all + ") where exists (select from call_logs where id = any (" + all
                        + ") and erased_at is not null)",
                "update call_logs l set head_id = h.id, contact_id = null, version = l.version + 1 from call_logs h"
                        + " where l.id = any (" + all + ") and l.provider = 'twilio' and l.head_id is null"
                        + " and h.id = any (" + all + ") and h.provider = 'vapi'",
                "update call_logs set cost = coalesce(cost, 0) + 1, version = version + 1 where id = any (" + all
                        + ")");
    }

    /** As a worker with an event of one row, which locks the others without waiting. */
    private static void changeWhole(SqlSession session, String provider, String key) {
        var rows = session.column("select coalesce(head_id, id) from call_logs where org_id = '" + ORG
                + "' and provider = '" + provider + "' and provider_call_id = '" + key + "' for update");
        for (var head : rows) {
            session.run(
                    "select id from call_logs where org_id = '" + ORG + "' and id = any (array(select '" + head
                            + "'::uuid union all select id from call_logs where head_id = '" + head
                            + "')) order by id for update nowait",
                    "update call_logs set duration_seconds = coalesce(duration_seconds, 0) + 1, version = version + 1"
                            + " where id = '" + head + "' or head_id = '" + head + "'");
        }
    }

    private static int count(String which) {
        return Integer.parseInt(
                sql.superuser("select count(*) from call_logs where " + which).get(0));
    }

    private static UUID contact(Random random) {
        return new UUID(0, random.nextInt(6));
    }

    private static String number(Random random) {
        return "+1555000" + (1000 + random.nextInt(12));
    }

    private static <T> T any(Random random, List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
