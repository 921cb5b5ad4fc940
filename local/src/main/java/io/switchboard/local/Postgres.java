package io.switchboard.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The PostgreSQL server that the launcher runs: real programs, data kept over restarts, loopback only. */
public final class Postgres {
    /** Durable as in production: what the suite acknowledges must survive a kill. */
    private static final String OPTIONS = String.join(
            " ",
            "-c listen_addresses=127.0.0.1",
            "-c unix_socket_directories=", // a socket's path is limited to 107 bytes, ours is not
            "-c fsync=on",
            "-c synchronous_commit=on",
            "-c full_page_writes=on",
            "-c shared_buffers=128MB",
            "-c max_connections=200");

    private static final int START_TRIES = 20;

    private final Layout layout;
    private final int port;
    private final Progress progress;

    public Postgres(Layout layout, int port, Progress progress) {
        this.layout = layout;
        this.port = port;
        this.progress = progress;
    }

    public Server server() {
        return Server.embedded(port, Secrets.read(new Secrets(layout.secrets()).superuser()));
    }

    public int port() {
        return port;
    }

    /** The server process on our data, if it runs. */
    public Optional<ProcessHandle> process() {
        return Postmaster.read(layout.postgresData()).flatMap(Postmaster::process);
    }

    /** Whether it runs and takes connections. */
    public boolean ready() {
        return Postmaster.read(layout.postgresData())
                .filter(postmaster -> postmaster.process().isPresent())
                .map(Postmaster::ready)
                .orElse(false);
    }

    Optional<Integer> runningPort() {
        return Postmaster.read(layout.postgresData())
                .filter(postmaster -> postmaster.process().isPresent())
                .map(Postmaster::port);
    }

    /** Starts the server. Creates its data folder first if it is missing; true if it was created. */
    public boolean start() {
        try {
            Path programs = PostgresPrograms.unpack(layout.cache(), progress);
            RunAs runAs = RunAs.here(layout);
            boolean fresh = initialize(programs, runAs);
            progress.step("PostgreSQL: starting on 127.0.0.1:" + port);
            runAs.own(layout.postgresData());
            removeForeignPid();
            launch(programs, runAs);
            return fresh;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Ends it after its clients' transactions were rolled back; nothing happens if it does not run. */
    public void stop() {
        if (process().isEmpty()) {
            return;
        }
        try {
            Path programs = PostgresPrograms.unpack(layout.cache(), progress);
            Command stopped = ctl(programs, RunAs.here(layout), "stop", "-m", "fast", "-w", "-t", "60");
            if (!stopped.succeeded() && process().isPresent()) {
                throw new Refusal("PostgreSQL does not stop: " + stopped.output());
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Kills it without warning, as a power cut would; for tests. */
    public void kill() {
        process().ifPresent(postmaster -> {
            postmaster.destroyForcibly();
            PidFile.awaitEnd(postmaster, Duration.ofSeconds(10));
        });
    }

    private boolean initialize(Path programs, RunAs runAs) throws IOException {
        Path data = layout.postgresData();
        if (Files.exists(data.resolve("PG_VERSION"))) {
            return false;
        }
        progress.step("PostgreSQL: making a new data folder");
        // Made aside and moved when whole, so that an interrupted first start leaves nothing half done.
        Path half = layout.cache().resolve("initdb");
        Command.run(List.of("rm", "-rf", half.toString()));
        Files.createDirectory(half, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path password = half.resolve("password");
        PrivateFile.write(password, Secrets.read(new Secrets(layout.secrets()).superuser()));
        runAs.own(half);
        Path made = half.resolve("data");
        Command initdb = Command.run(runAs.command(List.of(
                programs.resolve("bin/initdb").toString(),
                "--pgdata=" + made,
                "--username=postgres",
                "--pwfile=" + password,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--locale=C",
                "--data-checksums")));
        if (!initdb.succeeded()) {
            throw new Refusal("PostgreSQL cannot make its data folder:\n" + initdb.output());
        }
        Files.move(made, data);
        Command.run(List.of("rm", "-rf", half.toString()));
        return true;
    }

    /** After a reboot our old number may be someone else's, which PostgreSQL would take for a running server. */
    private void removeForeignPid() throws IOException {
        Optional<Postmaster> postmaster = Postmaster.read(layout.postgresData());
        if (postmaster.isPresent() && postmaster.get().process().isEmpty()) {
            Files.deleteIfExists(Postmaster.file(layout.postgresData()));
        }
    }

    private void launch(Path programs, RunAs runAs) throws IOException {
        Path log = layout.log("postgres");
        ServiceLog.begin(log);
        runAs.own(log);
        for (int tries = 1; ; tries++) {
            Command started = ctl(
                    programs,
                    runAs,
                    "start",
                    "-w",
                    "-t",
                    "60",
                    "-l",
                    log.toString(),
                    "-o",
                    "-p " + port + " " + OPTIONS);
            if (started.succeeded()) {
                return;
            }
            String said = ServiceLog.tail(log, 20);
            // Its last session may take a moment to notice that the server was killed.
            if (tries == START_TRIES || !said.contains("still in use")) {
                throw new Refusal("PostgreSQL does not start. The end of " + log + ":\n" + said);
            }
            pause();
        }
    }

    private Command ctl(Path programs, RunAs runAs, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                programs.resolve("bin/pg_ctl").toString(),
                "-D",
                layout.postgresData().toString()));
        command.addAll(List.of(arguments));
        return Command.run(runAs.command(command));
    }

    private static void pause() {
        try {
            Thread.sleep(500);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
