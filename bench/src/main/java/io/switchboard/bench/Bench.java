package io.switchboard.bench;

import io.switchboard.local.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.logging.LogManager;
import java.util.stream.Stream;

/** What {@code bench/run} runs: a suite of its own, the workloads, and a report of them. */
public final class Bench {
    private static final int TENANTS = 8;
    private static final int REST_SECONDS = 10;

    private final OwnSuite suite;
    private final Options options;
    private final Pgbench pgbench;

    private Bench(OwnSuite suite, Options options) {
        this.suite = suite;
        this.options = options;
        this.pgbench = new Pgbench(Path.of(System.getProperty("switchboard.pgbench")), suite, options.connections());
    }

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    private static int run(String[] arguments) {
        LogManager.getLogManager().reset(); // Liquibase has much to say
        System.setProperty("liquibase.command.showSummary", "OFF");
        OwnSuite suite = null;
        try {
            Options options = Options.of(arguments);
            Proc.refuseElsewhere();
            Path home = Path.of(System.getProperty("switchboard.home")).toAbsolutePath();
            suite = OwnSuite.in(home);
            Runtime.getRuntime().addShutdownHook(new Thread(suite::close, "stop-the-suite"));
            BenchReport report = new Bench(suite, options).report();
            suite.close();
            return tell(report, home.resolve("bench/results/latest.md"));
        } catch (Refusal refusal) {
            if (suite == null || !suite.closed()) { // else it was interrupted, and everything fails
                System.err.println(refusal.getMessage());
            }
            return 1;
        }
    }

    private BenchReport report() {
        Say.line("Starting PostgreSQL and the four services in " + suite.file(""));
        suite.up();
        Say.line("Starting them again, together and one by one, on the migrated database");
        Starts starts = Starts.measure(suite);
        Pause.seconds(REST_SECONDS);
        Memory idle = Memory.now(suite);
        Results results = workloads();
        return new BenchReport(options, postgresVersion(), starts, idle, Memory.now(suite), results);
    }

    private Results workloads() {
        Say.line("Signing up " + TENANTS + " organizations");
        Tenants tenants = Tenants.signUp(suite, TENANTS);
        Results results = new Results();
        if (options.only().contains("w3") || options.only().contains("w5")) {
            new AuditIngest(suite, options, pgbench).measure(results);
            new AuditPages(suite, options, tenants).measure(results);
            new AuditLogDownload(suite).measure(tenants, results);
        }
        if (Stream.of("w2", "w5", "w6", "w8", "w12", "w13").anyMatch(options.only()::contains)) {
            Say.line("Writing " + options.contacts() + " contacts");
            ofContacts(tenants, ContactRows.load(suite, options.contacts(), tenants.now()), results);
        }
        if (options.only().contains("w4")) {
            results.paths().addAll(signingIn(tenants));
        }
        if (options.only().contains("w7")) {
            new NotificationStreams(suite, options, tenants).measure(results);
        }
        if (options.only().contains("w9")) {
            new CrmWorkloads(suite, options, tenants, pgbench).tickets(results);
        }
        if (options.only().contains("w11")) {
            Dashboards.measure(suite, options, tenants, pgbench, results);
        }
        if (options.only().contains("w12") || options.only().contains("w13")) { // with the calls of W11
            LiveAnswers.measure(suite, options, tenants, pgbench, results);
        }
        if (options.only().contains("w10")) { // after all that does without the model
            new CrmWorkloads(suite, options, tenants, pgbench).knowledge(results);
        }
        if (options.only().contains("w15")) {
            new AuditVerification(suite).measure(results);
        }
        if (options.only().contains("w1")) { // last: it leaves work behind
            results.paths().addAll(0, new WebhookIngest(suite, options, tenants).measure(pgbench));
        }
        return results;
    }

    private void ofContacts(Tenants tenants, ContactRows rows, Results results) {
        var crm = new CrmWorkloads(suite, options, tenants, pgbench);
        if (options.only().contains("w2")) {
            results.paths().add(new ContactsRead(suite, options, tenants, rows).measure(pgbench));
        }
        if (options.only().contains("w5")) {
            crm.read(rows, results);
        }
        if (options.only().contains("w6")) {
            crm.write(rows, results);
        }
        if (options.only().contains("w8")) {
            crm.appointments(rows, results);
        }
    }

    private List<Measured> signingIn(Tenants tenants) {
        BareCost bare = BareCost.measure();
        List<PinClient> clients = PinClient.of(suite, tenants);
        return List.of(
                new TokenIssue(suite, options, tenants).measure(pgbench, bare),
                new SessionValidation(suite, options, clients).measure(pgbench),
                SignIns.byPassword(suite, options, tenants, pgbench, bare),
                SignIns.byPin(suite, options, clients, pgbench, bare));
    }

    private String postgresVersion() {
        try (Connection connection = suite.superuser()) {
            return connection.getMetaData().getDatabaseProductVersion();
        } catch (SQLException broken) {
            throw new Refusal("PostgreSQL cannot be asked: " + broken.getMessage(), broken);
        }
    }

    private static int tell(BenchReport report, Path file) {
        System.out.print("\n" + report.text());
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, report.text());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        System.out.println("\nAlso in " + file);
        return report.failed() ? 1 : 0;
    }
}
