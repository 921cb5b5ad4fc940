package io.switchboard.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresTest {
    private static final Path SCRIPT = Path.of("../deploy/postgres/bootstrap.sql");

    @TempDir
    static Path home;

    static Layout layout;
    static Secrets secrets;
    static Postgres postgres;

    @BeforeAll
    static void start() {
        layout = new Layout(home, home.resolve("data with spaces"));
        layout.create();
        secrets = new Secrets(layout.secrets());
        secrets.superuser();
        postgres = new Postgres(layout, Ports.free().database(), Progress.silent());
        assertTrue(postgres.start());
        new Bootstrap(SCRIPT, secrets).run(postgres.server());
        new Bootstrap(SCRIPT, secrets).run(postgres.server());
    }

    @AfterAll
    static void stop() {
        postgres.stop();
        assertFalse(postgres.process().isPresent());
    }

    @Test
    void commits_are_on_disk_and_it_listens_on_loopback_only() throws SQLException {
        try (Connection superuser = postgres.server().connect()) {
            assertEquals("on", one(superuser, "show fsync"));
            assertEquals("on", one(superuser, "show synchronous_commit"));
            assertEquals("on", one(superuser, "show data_checksums"));
            assertEquals("127.0.0.1", one(superuser, "show listen_addresses"));
            assertEquals("UTF8", one(superuser, "show server_encoding"));
        }
    }

    @Test
    void what_was_committed_outlives_a_kill() throws SQLException {
        try (Connection superuser = postgres.server().connect();
                Statement statement = superuser.createStatement()) {
            statement.execute("create table kept as select 42 as answer");
        }
        postgres.kill();
        assertFalse(postgres.ready());
        assertFalse(postgres.start());
        assertTrue(postgres.ready());
        try (Connection superuser = postgres.server().connect()) {
            assertEquals("42", one(superuser, "select answer from kept"));
        }
    }

    @Test
    void each_role_owns_no_more_than_its_schema_and_cannot_rise() throws SQLException {
        try (Connection superuser = postgres.server().connect()) {
            assertEquals(
                    "8",
                    one(
                            superuser,
                            "select count(*) from pg_roles where rolname ~ '^(auth|crm|voice|audit)_(owner|app)$' "
                                    + "and rolcanlogin and not (rolsuper or rolcreatedb or rolcreaterole or rolbypassrls "
                                    + "or rolreplication or rolinherit)"));
            assertEquals(
                    "audit:audit_owner auth:auth_owner crm:crm_owner voice:voice_owner",
                    one(
                            superuser,
                            "select string_agg(nspname || ':' || nspowner::regrole, ' ' order by nspname) "
                                    + "from pg_namespace where nspname in ('auth', 'crm', 'voice', 'audit')"));
            assertEquals(
                    "8",
                    one(superuser, "select count(*) from pg_db_role_setting where 'TimeZone=UTC' = any (setconfig)"));
        }
    }

    @Test
    void an_app_role_reads_its_own_schema_and_creates_nothing() throws SQLException {
        try (Connection app = as("crm_app")) {
            assertEquals("5s", one(app, "show statement_timeout"));
            assertEquals("2s", one(app, "show lock_timeout"));
            assertEquals("10s", one(app, "show idle_in_transaction_session_timeout"));
            assertEquals("crm, ext", one(app, "show search_path"));
            for (String table : new String[] {"crm.mine", "public.mine", "auth.mine", "ext.mine"}) {
                refused(app, "create table " + table + " (id int)");
            }
            refused(app, "create temp table mine (id int)");
            assertEquals("f", one(app, "select has_schema_privilege('auth', 'usage')"));
        }
    }

    @Test
    void an_owner_creates_in_its_own_schema_and_finds_extensions() throws SQLException {
        try (Connection owner = as("voice_owner");
                Statement statement = owner.createStatement()) {
            statement.execute("create table mine (id int)");
            assertEquals("voice", one(owner, "select relnamespace::regnamespace from pg_class where relname = 'mine'"));
            assertEquals("Hotel", one(owner, "select unaccent('Hôtel')"));
            refused(owner, "create table crm.mine (id int)");
            refused(owner, "create table public.mine (id int)");
        }
    }

    @Test
    void data_of_other_secrets_is_refused_in_words() throws IOException {
        Path others = Files.createDirectories(home.resolve("others"));
        Server stranger = Server.embedded(postgres.port(), Secrets.read(new Secrets(others).superuser()));
        Refusal refusal = assertThrows(Refusal.class, () -> new Bootstrap(SCRIPT, secrets).run(stranger));
        assertTrue(refusal.getMessage().contains("do not belong together"), refusal.getMessage());
    }

    @Test
    void a_new_role_without_a_password_is_refused_by_name() throws SQLException, IOException {
        try (Connection superuser = postgres.server().connect();
                Statement statement = superuser.createStatement()) {
            String script = Files.readString(SCRIPT).replace("'auth_owner', 'auth_app'", "'auth_owner', 'new_app'");
            SQLException refused = assertThrows(SQLException.class, () -> statement.execute(script));
            assertTrue(refused.getMessage().contains("no password for the new role new_app"), refused.getMessage());
        }
    }

    private static Connection as(String role) throws SQLException {
        return DriverManager.getConnection(postgres.server().jdbcUrl(), role, Secrets.read(secrets.role(role)));
    }

    private static String one(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    private static void refused(Connection connection, String statement) throws SQLException {
        try (Statement tried = connection.createStatement()) {
            SQLException refused = assertThrows(SQLException.class, () -> tried.execute(statement), statement);
            assertEquals("42501", refused.getSQLState(), statement);
        }
    }
}
