package io.switchboard.bench.attack;

import io.switchboard.bench.OwnSuite;
import io.switchboard.bench.Pause;
import io.switchboard.bench.Proc;
import io.switchboard.bench.Say;
import io.switchboard.bench.Table;
import io.switchboard.local.Refusal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.LogManager;
import java.util.stream.Stream;

/** What {@code bench/attack} runs: every attack on a suite of its own, and a table of what another tenant noticed. */
public final class Attacks {
    private static final List<Attack> ALL = Stream.of(
                    Connections.all(), Deliveries.all(), Queues.all(), Workloads.all(), Databases.all())
            .flatMap(List::stream)
            .toList();

    private Attacks() {}

    public static void main(String[] arguments) {
        LogManager.getLogManager().reset(); // Liquibase has much to say
        System.setProperty("liquibase.command.showSummary", "OFF");
        System.exit(run(wanted(arguments)));
    }

    private static List<Attack> wanted(String[] arguments) {
        if (arguments.length == 0) {
            return ALL;
        }
        var names =
                arguments.length == 2 && arguments[0].equals("--only") ? List.of(arguments[1].split(",")) : List.of();
        var wanted =
                ALL.stream().filter(attack -> names.contains(attack.name())).toList();
        if (wanted.isEmpty() || wanted.size() != names.size()) {
            System.err.println("--only takes some of: "
                    + String.join(",", ALL.stream().map(Attack::name).toList()));
            System.exit(1);
        }
        return wanted;
    }

    /** How many attacks did harm. */
    private static int run(List<Attack> attacks) {
        Proc.refuseElsewhere();
        var suite = OwnSuite.in(Path.of(System.getProperty("switchboard.home")).toAbsolutePath());
        Runtime.getRuntime().addShutdownHook(new Thread(suite::close, "stop-the-suite"));
        try {
            Say.line("Starting PostgreSQL and the four services");
            suite.up();
            var ground = Ground.prepare(suite);
            var outcomes = new ArrayList<Outcome>();
            for (var attack : attacks) {
                Say.line(attack.name() + ": " + attack.what());
                outcomes.add(strike(ground, attack));
                suite.up(); // starts again what has ended
            }
            System.out.print("\n" + table(outcomes).text());
            return (int) outcomes.stream()
                    .filter(outcome -> !outcome.faults().isEmpty())
                    .count();
        } catch (Refusal refusal) {
            System.err.println(refusal.getMessage());
            return 1;
        } finally {
            suite.close();
        }
    }

    private static Outcome strike(Ground ground, Attack attack) {
        try {
            attack.preparation().strike(ground);
        } catch (Exception impossible) {
            throw new Refusal(attack.name() + " cannot be prepared: " + impossible.getMessage());
        }
        try (var peak = Peak.of(ground.suite().pid(attack.at()))) {
            var other = Bystander.start(ground);
            Pause.seconds(2);
            String failure = "";
            try {
                attack.blow().strike(ground);
            } catch (Exception wrong) {
                failure = String.valueOf(wrong.getMessage());
            }
            long ended = System.nanoTime();
            while (peak.isAlive() && !other.allReadsWork() && secondsSince(ended) < 60) {
                Pause.millis(100);
            }
            long recovery = (System.nanoTime() - ended) / 1_000_000;
            Pause.seconds(2);
            boolean alive = peak.isAlive();
            other.close();
            return new Outcome(attack, alive, peak.mebibytes(), other, recovery, failure);
        }
    }

    private static long secondsSince(long nanos) {
        return (System.nanoTime() - nanos) / 1_000_000_000;
    }

    private static Table table(List<Outcome> outcomes) {
        var table = new Table(
                3,
                "attack",
                "what",
                "verdict",
                "peak MiB",
                "reads / failed",
                "slowest ms",
                "calls / refused",
                "seen after ms",
                "well after ms");
        outcomes.forEach(outcome -> table.row(outcome.cells()));
        return table;
    }
}
