package io.switchboard.bench;

import io.switchboard.local.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * PostgreSQL's own load tool: prepared statements, a transaction a round trip. What it reaches is the limit of what a service
 * on the same server can reach with one transaction a request.
 */
final class Pgbench {
    private static final Pattern TRANSACTIONS = Pattern.compile("number of transactions actually processed: (\\d+)");
    private static final Pattern FAILED = Pattern.compile("number of failed transactions: (\\d+)");
    private static final Pattern PER_SECOND = Pattern.compile("tps = ([0-9.]+) \\(without initial connection time\\)");

    private final Path program;
    private final OwnSuite suite;
    private final int clients;
    private final List<String> pace;

    Pgbench(Path program, OwnSuite suite, int clients) {
        this(program, suite, clients, List.of());
    }

    private Pgbench(Path program, OwnSuite suite, int clients, List<String> pace) {
        this.program = program;
        this.suite = suite;
        this.clients = clients;
        this.pace = pace;
    }

    /** The same with other connections. */
    Pgbench with(int connections) {
        return new Pgbench(program, suite, connections, pace);
    }

    /** The same with so many transactions a second, at random moments, from which their times count. */
    Pgbench at(int perSecond) {
        return new Pgbench(program, suite, clients, List.of("--rate=" + perSecond));
    }

    /**
     * What to run.
     *
     * @param role the database role
     * @param scripts one of them, at random, a transaction
     * @param variables values of {@code :name} in the scripts, sent as parameters
     */
    record Work(String role, List<String> scripts, Map<String, String> variables) {}

    /** Runs it for a while without looking, then for the seconds that count. */
    Load run(Work work, int warmUpSeconds, int seconds, CpuMeter cpu) {
        try {
            List<Path> files = write(work.scripts());
            start(command(work, files, warmUpSeconds, List.of()), work.role());
            cpu.begin();
            Path logs = suite.file("pgbench-log");
            String said = start(
                    command(work, files, seconds, List.of("--log", sampling(), "--log-prefix=" + logs)), work.role());
            cpu.end();
            return load(said, latencies(logs));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** There are few transactions at a pace. */
    private String sampling() {
        return "--sampling-rate=" + (pace.isEmpty() ? "0.05" : "1");
    }

    static Load load(String said, Stream<String> latencyLines) {
        Load load = new Load();
        latencyLines.forEach(line -> load.latency(Long.parseLong(line.split(" ")[2])));
        long transactions = (long) number(TRANSACTIONS, said);
        long failed = FAILED.matcher(said).find() ? (long) number(FAILED, said) : 0;
        if (failed > 0) {
            load.error("failed transaction", failed);
        }
        return load.of(transactions).over(transactions / number(PER_SECOND, said));
    }

    private List<Path> write(List<String> scripts) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String script : scripts) {
            files.add(Files.writeString(suite.file("script-" + files.size() + ".sql"), script));
        }
        return files;
    }

    private List<String> command(Work work, List<Path> scripts, int seconds, List<String> more) {
        List<String> command = new ArrayList<>(List.of(program.toString(), "--no-vacuum", "--protocol=prepared"));
        command.addAll(List.of("--host=127.0.0.1", "--port=" + suite.databasePort(), "--username=" + work.role()));
        command.addAll(List.of("--client=" + clients, "--jobs=" + Math.min(2, clients), "--time=" + seconds));
        work.variables().forEach((name, value) -> command.add("--define=" + name + "=" + value));
        scripts.forEach(script -> command.add("--file=" + script));
        command.addAll(pace);
        command.addAll(more);
        command.add("switchboard");
        return command;
    }

    private String start(List<String> command, String role) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PGPASSWORD", suite.password(role));
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new Refusal("pgbench failed:\n" + said);
            }
        } catch (InterruptedException interrupted) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new Refusal("Interrupted.");
        }
        return said;
    }

    /** A file a thread: client, transaction, microseconds, script, time. */
    private static Stream<String> latencies(Path prefix) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(prefix.getParent())) {
            for (Path file : files.filter(one -> one.getFileName().toString().startsWith(prefix.getFileName() + "."))
                    .toList()) {
                lines.addAll(Files.readAllLines(file));
                Files.delete(file);
            }
        }
        return lines.stream();
    }

    private static double number(Pattern pattern, String said) {
        Matcher found = pattern.matcher(said);
        if (!found.find()) {
            throw new Refusal("pgbench said something unexpected:\n" + said);
        }
        return Double.parseDouble(found.group(1));
    }
}
