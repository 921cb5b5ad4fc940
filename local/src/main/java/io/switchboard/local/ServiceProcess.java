package io.switchboard.local;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One service as a process of its own, which outlives the launcher and is found again by its process file. */
public final class ServiceProcess {
    private static final int PROBE_MILLIS = 2_000;
    private static final String JVM_OPTIONS = "SWITCHBOARD_JVM_OPTIONS";

    private final Layout layout;
    private final Service service;

    public ServiceProcess(Layout layout, Service service) {
        this.layout = layout;
        this.service = service;
    }

    public Service service() {
        return service;
    }

    /** The process, if it runs; also when another launcher started it. */
    public Optional<ProcessHandle> process() {
        return written()
                .flatMap(file -> file.process(layout.application(service).toString()));
    }

    /** What is known of the running process, its ports for example. */
    Optional<PidFile> running() {
        return written().filter(file -> process().isPresent());
    }

    /** Whether it is stopped, or being stopped, on purpose. */
    boolean dismissed() {
        return written().isEmpty() || Files.exists(layout.endingMark(service));
    }

    public boolean ready() {
        return running().map(file -> answers(file.management())).orElse(false);
    }

    /** Whether its jar was built anew after the process began. */
    boolean outdated() {
        return running()
                .map(file -> file.started().isBefore(builtAt(layout.jar(service))))
                .orElse(false);
    }

    void refuseIfNotBuilt() {
        if (!Files.exists(layout.jar(service))) {
            throw new Refusal(service.module() + " is not built: " + layout.jar(service) + " is missing.");
        }
    }

    public void start(Ports ports, Map<String, String> environment) {
        Path log = layout.log(service.module());
        ServiceLog.begin(log);
        ProcessBuilder builder = new ProcessBuilder(command(jvmOptions(environment)))
                .directory(layout.data().toFile())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().removeIf(ServiceProcess::isOurs);
        builder.environment().putAll(environment);
        try {
            PidFile.of(builder.start().toHandle(), ports.http(service), ports.management(service))
                    .write(layout.pidFile(service));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Asks it to end; it finishes what it is doing. */
    public void terminate() {
        PrivateFile.write(layout.endingMark(service), "");
        process().ifPresent(ProcessHandle::destroy);
    }

    /** Waits for its end, kills it when the time is over, and forgets it. */
    public void awaitEnd(Duration patience) {
        process().ifPresent(process -> {
            if (!PidFile.awaitEnd(process, patience)) {
                process.destroyForcibly();
                PidFile.awaitEnd(process, patience);
            }
        });
        try {
            Files.deleteIfExists(layout.pidFile(service));
            Files.deleteIfExists(layout.endingMark(service));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Kills it without warning; for tests. */
    public void kill() {
        process().ifPresent(process -> {
            process.destroyForcibly();
            PidFile.awaitEnd(process, Duration.ofSeconds(10));
        });
    }

    public String logTail(int lines) {
        return ServiceLog.tail(layout.log(service.module()), lines);
    }

    private List<String> command(List<String> more) {
        List<String> command = new ArrayList<>(Detached.PREFIX);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("@" + layout.jvmOptions());
        command.addAll(more);
        command.addAll(new SharedClasses(layout, service).command());
        return command;
    }

    /** Of two options of one kind the last one counts. */
    private static List<String> jvmOptions(Map<String, String> environment) {
        String options = environment.getOrDefault(JVM_OPTIONS, System.getenv().getOrDefault(JVM_OPTIONS, ""));
        return options.isBlank() ? List.of() : List.of(options.strip().split("\\s+"));
    }

    private Optional<PidFile> written() {
        return PidFile.read(layout.pidFile(service));
    }

    /** Variables for the launcher, which services do not get. */
    private static boolean isOurs(String variable) {
        return variable.startsWith("SWITCHBOARD_DB_")
                || variable.equals("SWITCHBOARD_DATA_DIR")
                || variable.matches("SWITCHBOARD_[A-Z]+_PORT");
    }

    private static Instant builtAt(Path jar) {
        try {
            return Files.exists(jar) ? Files.getLastModifiedTime(jar).toInstant() : Instant.EPOCH;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static boolean answers(int management) {
        try {
            HttpURLConnection question =
                    (HttpURLConnection) URI.create("http://127.0.0.1:" + management + "/q/health/ready")
                            .toURL()
                            .openConnection();
            question.setConnectTimeout(PROBE_MILLIS);
            question.setReadTimeout(PROBE_MILLIS);
            int status = question.getResponseCode();
            question.disconnect();
            return status == 200;
        } catch (IOException notYet) {
            return false;
        }
    }
}
