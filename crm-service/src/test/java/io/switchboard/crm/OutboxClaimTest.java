package io.switchboard.crm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.switchboard.kit.test.Sql;
import io.switchboard.kit.test.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/** Whose rows of the outbox a claim takes, what it reads for that, and who is told of them. */
class OutboxClaimTest {
    private static final String LOW = "10000000-0000-7000-8000-000000000000";
    private static final String MIDDLE = "70000000-0000-7000-8000-000000000000";
    private static final String HIGH = "f0000000-0000-7000-8000-000000000000";
    private static final String OWED =
            "insert into outbox (org_id, destination, event) select '%s', '%s', '{\"occurredAt\": 1}' from generate_series(1, %d)";
    private static final String CLAIM =
            "select org_id from claim_outbox('audit-service', '%s', %d, 30, gen_random_uuid())";
    private static final int MOST_BLOCKS = 2_000;

    private static final TestDatabase DATABASE = TestDatabase.migrated("crm");
    private static final Sql SUPERUSER = DATABASE.sql("crm");

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @BeforeEach
    void empty() {
        SUPERUSER.run("truncate outbox");
    }

    @Test
    void tenants_take_turns_and_behind_the_last_comes_the_first() {
        for (var org : List.of(LOW, MIDDLE, HIGH)) {
            owe(org, "audit-service", 3);
        }
        assertEquals(List.of(MIDDLE), claim(LOW, 1));
        assertEquals(List.of(HIGH), claim(MIDDLE, 1));
        assertEquals(List.of(LOW), claim(HIGH, 1));
        assertEquals(List.of(LOW, HIGH), claim(MIDDLE, 2), "one each, in the second round, too");
        assertEquals(List.of(LOW, MIDDLE, MIDDLE, HIGH), claim(MIDDLE, 100));
        assertEquals(List.of(), claim(MIDDLE, 100));
    }

    /** Of three tenants with more than a claim may have each: by their ids alone the first one would be served again and again. */
    @Test
    void tenants_take_turns_also_where_the_bytes_are_used_up() {
        for (var org : List.of(LOW, MIDDLE, HIGH)) {
            SUPERUSER.run(
                    "insert into outbox (org_id, event) select '" + org
                            + "', jsonb_build_object('occurredAt', 1, 'text', repeat('x', 3000000)) from generate_series(1, 6)");
        }
        assertEquals(List.of(MIDDLE, MIDDLE), claim(LOW, 1000));
        assertEquals(List.of(HIGH, HIGH), claim(MIDDLE, 1000));
        assertEquals(List.of(LOW, LOW), claim(HIGH, 1000));
        assertEquals(List.of(MIDDLE, MIDDLE), claim(LOW, 1000));
    }

    @Test
    void a_claim_behind_the_only_tenant_finds_it() {
        owe(MIDDLE, "audit-service", 2);
        assertEquals(List.of(MIDDLE, MIDDLE), claim(MIDDLE, 100));
    }

    /** As after the first start: a session that has planned on the empty outbox goes on while it fills. */
    @Test
    void a_claim_reads_a_few_blocks_whatever_the_outbox_was_when_it_was_planned() throws SQLException {
        // Before the session plans: later it would have it plan anew.
        SUPERUSER.run("alter table outbox set (autovacuum_enabled = false)");
        try (var session = SUPERUSER.app().open();
                var statement = session.jdbc().createStatement()) {
            for (int i = 0; i < 8; i++) {
                statement.execute(CLAIM.formatted(LOW, 20));
            }
            SUPERUSER.run(
                    "insert into outbox (org_id, destination, event) select md5((n % 50)::text)::uuid, case when n % 3 = 0"
                            + " then 'mail' else 'audit-service' end, '{\"occurredAt\": 1}' from generate_series(1, 60000) n");
            for (int i = 0; i < 8; i++) {
                int blocks = session.blocks(CLAIM.formatted(LOW, 20));
                assertTrue(blocks < MOST_BLOCKS, () -> blocks + " blocks for a claim of 20 rows");
            }
        }
    }

    @Test
    void a_commit_tells_of_the_receivers_that_are_owed_something() throws SQLException {
        owe(LOW, "mail", 2);
        owe(HIGH, "audit-service", 1);
        try (var session = SUPERUSER.app().open()) {
            session.run("listen told");
            session.column("select notify_commit('told', 'commits')");
            session.column("select 1");
            var told = new TreeSet<String>();
            for (var notification : session.jdbc().unwrap(PGConnection.class).getNotifications()) {
                told.add(notification.getParameter());
            }
            assertEquals(new TreeSet<>(List.of("commits", "commits audit-service", "commits mail")), told);
        }
    }

    private static void owe(String org, String receiver, int rows) {
        SUPERUSER.run(OWED.formatted(org, receiver, rows));
    }

    private static List<String> claim(String after, int atMost) {
        return SUPERUSER.app().column(CLAIM.formatted(after, atMost)).stream()
                .sorted()
                .toList();
    }
}
