package io.switchboard.kit.migrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.switchboard.kit.test.TestDatabase;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Migrations of one schema: one at a time, and none held up by one that was killed. */
class MigrationLockTest {
    private static final String LOCK = "select pg_advisory_lock(hashtextextended('switchboard.migrate.crm', 0))";
    private static final String CHANGESETS = """
            --liquibase formatted sql
            --changeset test:1
            create table if not exists trees (id int);
            --rollback drop table trees;
            --changeset test:2
            select pg_sleep(coalesce(nullif(current_setting('test.pause', true), ''), '0')::float);
            --rollback empty
            --changeset test:3
            alter table trees add height int;
            --rollback alter table trees drop height;
            """;

    @TempDir
    static Path folder;

    static TestDatabase server;

    private final List<String> told = new CopyOnWriteArrayList<>();
    private Connection superuser;

    @BeforeAll
    static void start() throws IOException {
        server = TestDatabase.start();
        Files.createDirectories(folder.resolve("db"));
        Files.writeString(folder.resolve("db/trees.sql"), CHANGESETS);
        Files.writeString(folder.resolve("db/changelog.yaml"), """
                databaseChangeLog:
                  - include: {file: db/trees.sql}
                """);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void connect() throws SQLException {
        superuser = server.superuser(server.name());
    }

    @AfterEach
    void undo() throws Exception {
        superuser.close();
        try (var changelogs = changelogs(folder)) {
            Migration.rollBack(url(), "crm", TestDatabase.PASSWORD, changelogs);
        }
    }

    @Test
    void four_at_once_have_one_effect() {
        var all =
                Stream.generate(() -> migrating(Duration.ofMinutes(1))).limit(4).toList();
        all.forEach(CompletableFuture::join);
        assertEquals("3", applied());
    }

    @Test
    void a_migration_says_what_it_waits_for() throws SQLException {
        try (var other = DriverManager.getConnection(url(), "crm_owner", TestDatabase.PASSWORD)) {
            run(other, LOCK);
            var waiting = migrating(Duration.ofMinutes(1));
            Awaitility.await().until(() -> !told.isEmpty());
            assertTrue(
                    told.get(0)
                            .matches("Schema crm: another migration is running \\(process \\d+ from 127.0.0.1,"
                                    + " since \\d{4}-.*UTC\\); waiting for up to 1 min"),
                    told.get(0));
            run(other, LOCK.replace("advisory_lock", "advisory_unlock"));
            waiting.join();
        }
        assertEquals("3", applied());
    }

    @Test
    void a_migration_gives_up_when_its_time_is_over() throws SQLException {
        try (var other = DriverManager.getConnection(url(), "crm_owner", TestDatabase.PASSWORD)) {
            run(other, LOCK);
            var refused = assertThrows(IllegalStateException.class, () -> migrate(Duration.ZERO));
            assertTrue(
                    refused.getMessage().contains("another migration is still running (process "),
                    refused.getMessage());
        }
    }

    @Test
    void another_schema_does_not_wait() throws SQLException {
        try (var other = DriverManager.getConnection(url(), "crm_owner", TestDatabase.PASSWORD)) {
            run(other, LOCK.replace(".crm", ".voice"));
            migrate(Duration.ZERO);
        }
        assertEquals("3", applied());
    }

    @Test
    void the_next_one_finishes_what_a_killed_one_began() throws Exception {
        run(superuser, "alter role crm_owner in database switchboard set test.pause = '120'");
        var killed = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        MigrationProcess.class.getName(),
                        url(),
                        TestDatabase.PASSWORD,
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("killed.log").toFile())
                .start();
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> {
            assertTrue(killed.isAlive(), () -> read(folder.resolve("killed.log")));
            return !"0".equals(one("select count(*) from pg_stat_activity where wait_event = 'PgSleep'"));
        });
        killed.destroyForcibly().waitFor();
        run(superuser, "alter role crm_owner in database switchboard reset test.pause");
        assertEquals("t", one("select locked from crm.databasechangeloglock"));

        migrate(Duration.ofSeconds(10));
        assertEquals("3", applied());
        assertTrue(
                told.stream().anyMatch(line -> line.contains("the lock that a killed migration left behind")),
                told::toString);
    }

    @Test
    void a_changeset_that_meets_a_lock_is_tried_again() throws Exception {
        run(superuser, "alter role crm_owner in database switchboard set lock_timeout = '50ms'");
        run(superuser, "set lock_timeout = 0");
        try (var user = server.superuser(server.name())) {
            run(superuser, "create table crm.trees (id int)");
            run(superuser, "alter table crm.trees owner to crm_owner");
            user.setAutoCommit(false);
            run(user, "select from crm.trees");
            var migrating = migrating(Duration.ofMinutes(1));
            Awaitility.await().until(() -> told.size() > 1);
            assertTrue(told.get(0).contains("a changeset met a lock that others hold"), told.get(0));
            user.commit();
            migrating.join();
            assertEquals("3", applied());
        } finally {
            run(superuser, "alter role crm_owner in database switchboard set lock_timeout = '5s'");
        }
    }

    static URLClassLoader changelogs(Path folder) throws IOException {
        return new URLClassLoader(new URL[] {folder.toUri().toURL()}, MigrationLockTest.class.getClassLoader());
    }

    private CompletableFuture<Void> migrating(Duration patience) {
        return CompletableFuture.runAsync(() -> migrate(patience));
    }

    private void migrate(Duration patience) {
        try (var changelogs = changelogs(folder)) {
            Migration.run(url(), "crm", TestDatabase.PASSWORD, changelogs, patience, told::add);
        } catch (IOException broken) {
            throw new java.io.UncheckedIOException(broken);
        }
    }

    private String applied() {
        return one("select count(*) from crm.databasechangelog where orderexecuted > 0 and not exists"
                + " (select from crm.databasechangeloglock where locked)");
    }

    private String one(String query) {
        try (var statement = superuser.createStatement();
                var row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        } catch (SQLException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException broken) {
            return broken.toString();
        }
    }

    private static String url() {
        return "jdbc:postgresql://127.0.0.1:" + server.port() + "/" + server.name();
    }
}
