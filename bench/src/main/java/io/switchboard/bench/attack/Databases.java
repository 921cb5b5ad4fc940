package io.switchboard.bench.attack;

import io.switchboard.bench.Pause;
import io.switchboard.local.Service;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** What PostgreSQL does to the services: it freezes, and it has millions of rows that are to go. */
final class Databases {
    private static final int FROZEN_SECONDS = 60;
    private static final int ROWS = 5_000_000;

    private Databases() {}

    static List<Attack> all() {
        return List.of(
                Attack.outage("frozen", "PostgreSQL stopped for " + FROZEN_SECONDS + " s", Databases::freeze),
                Attack.on(
                        Service.CRM,
                        "expired-keys",
                        "5,000,000 expired idempotency keys",
                        Databases::expiredKeys,
                        ground -> shrinks(ground, "crm.idempotency_keys")),
                Attack.on(
                        Service.AUTH,
                        "old-attempts",
                        "5,000,000 old sign-in attempts",
                        Databases::oldAttempts,
                        ground -> shrinks(ground, "auth.login_attempts")));
    }

    private static void freeze(Ground ground) throws Exception {
        var postmaster = ground.suite().postgres();
        var all = Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
        signal("STOP", all);
        try {
            Pause.seconds(FROZEN_SECONDS);
        } finally {
            signal("CONT", all);
        }
    }

    private static void signal(String name, List<ProcessHandle> processes) throws IOException, InterruptedException {
        var command = Stream.concat(
                Stream.of("kill", "-" + name), processes.stream().map(process -> Long.toString(process.pid())));
        new ProcessBuilder(command.toList()).inheritIO().start().waitFor();
    }

    private static void expiredKeys(Ground ground) {
        ground.suite()
                .run(
                        "insert into crm.idempotency_keys (org_id, principal, operation, key, fingerprint, created_at) select '"
                                + ground.attacker().orgId()
                                + "', 'p', 'o', i::text, '\\x00', now() - interval '3 days' from generate_series(1, "
                                + ROWS + ") i");
    }

    private static void oldAttempts(Ground ground) {
        ground.suite()
                .run("insert into auth.login_attempts (scope, key, updated_at) select 'address', int4send(i), "
                        + "now() - interval '30 days' from generate_series(1, " + ROWS + ") i");
    }

    /** A round of the clean-up begins once a minute; a fifth of the rows shows that it goes on. */
    private static void shrinks(Ground ground, String table) {
        Workloads.waitFor(
                table + " shrinks", 150, () -> ground.suite().number("select count(*) from " + table) < ROWS * 4L / 5);
    }
}
