package io.switchboard.bench;

import io.switchboard.local.Layout;
import io.switchboard.local.Ports;
import io.switchboard.local.Progress;
import io.switchboard.local.Refusal;
import io.switchboard.local.Service;
import io.switchboard.local.Suite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A whole suite for one measurement: fresh data in a temporary folder, free ports, durable as in production. */
public final class OwnSuite implements AutoCloseable {
    private static final Duration END_PATIENCE = Duration.ofSeconds(30);

    private final Path folder;
    private final Suite suite;
    private final Set<Service> stopped = EnumSet.noneOf(Service.class);
    private volatile boolean closed;

    private OwnSuite(Path folder, Suite suite) {
        this.folder = folder;
        this.suite = suite;
    }

    /** @param home the repository, with everything built */
    public static OwnSuite in(Path home) {
        try {
            Path folder = Files.createTempDirectory(disk(), "switchboard-bench-");
            return new OwnSuite(folder, new Suite(new Layout(home, folder), Ports.free(), null, Progress.silent()));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Not where temporary files may be kept in memory: a commit there costs nothing, and measures nothing. */
    private static Path disk() {
        String wanted = System.getenv().getOrDefault("TMPDIR", "/var/tmp");
        return Files.isWritable(Path.of(wanted)) ? Path.of(wanted) : Path.of(System.getProperty("java.io.tmpdir"));
    }

    /** Starts what does not run. */
    public void up() {
        suite.up();
        stopped.clear();
    }

    void stop(List<Service> services) {
        services.forEach(service -> suite.service(service).terminate());
        services.forEach(service -> suite.service(service).awaitEnd(END_PATIENCE));
        stopped.addAll(services);
    }

    boolean isStopped(Service service) {
        return stopped.contains(service);
    }

    /** Whether it was stopped, also by a person who wants no more of it. */
    public boolean closed() {
        return closed;
    }

    /** Stops everything and leaves nothing behind. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        suite.stopStartedHere();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(OwnSuite::delete);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    public boolean ready(Service service) {
        return suite.service(service).ready();
    }

    public long pid(Service service) {
        return suite.service(service)
                .process()
                .orElseThrow(() -> new Refusal(service.module() + " has ended. The end of its log:\n"
                        + suite.service(service).logTail(20)))
                .pid();
    }

    public ProcessHandle postgres() {
        return suite.postgres().orElseThrow().process().orElseThrow(() -> new Refusal("PostgreSQL has ended."));
    }

    int databasePort() {
        return suite.ports().database();
    }

    public String url(Service service) {
        return suite.ports().url(service);
    }

    public InetSocketAddress address(Service service) {
        return new InetSocketAddress("127.0.0.1", suite.ports().http(service));
    }

    /** A file of the measurement itself. */
    Path file(String name) {
        return folder.resolve(name);
    }

    String password(String role) {
        return read(suite.secrets().role(role));
    }

    public String clientSecret(Service service) {
        return read(suite.secrets().client(service));
    }

    private static String read(Path secret) {
        try {
            return Files.readString(secret).strip();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** A connection of the superuser. */
    Connection superuser() throws SQLException {
        return suite.server().connect();
    }

    /** Runs statements as the superuser, one after the other, each by itself. */
    public void run(String... statements) {
        try (Connection connection = superuser();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException broken) {
            throw new Refusal("The database cannot be prepared: " + broken.getMessage(), broken);
        }
    }

    /** The one number that a query gives. */
    public long number(String query) {
        try (Connection connection = superuser();
                Statement statement = connection.createStatement();
                var row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException broken) {
            throw new Refusal("The database cannot be asked: " + broken.getMessage(), broken);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
