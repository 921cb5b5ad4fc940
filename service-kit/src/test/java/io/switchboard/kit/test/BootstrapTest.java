package io.switchboard.kit.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The bootstrap, laid down by a superuser, and by the owner of a database on a server that gives no superuser away. */
class BootstrapTest {
    private static final String INSTALLER = "installer";
    private static final String MANAGED = "managed";
    private static final String OWN = "switchboard";
    private static final String STATE = """
            select concat_ws(' ', 'role', rolname, rolsuper, rolinherit, rolcreaterole, rolcreatedb, rolcanlogin,
                    rolreplication, rolbypassrls, rolconnlimit, rolvaliduntil) from pg_roles
            union all select 'member ' || m::text from pg_auth_members m
            union all select concat_ws(' ', 'setting', setdatabase, setrole::regrole, s) from pg_db_role_setting, unnest(setconfig) s
            union all select 'schema ' || n::text from pg_namespace n
            union all select concat_ws(' ', 'function', oid::regprocedure, proacl) from pg_proc where proacl is not null
            union all select 'database ' || d.datacl::text from pg_database d where datname = current_database()
            union all select concat_ws(' ', 'extension', extname, extnamespace, extversion) from pg_extension
            """;

    static TestDatabase server;

    @BeforeAll
    static void installTwice() throws SQLException {
        server = TestDatabase.empty(Map.of("logging_collector", "on", "log_statement", "all"));
        try (var superuser = server.superuser("postgres")) {
            run(superuser, "create role installer login createrole password '" + TestDatabase.PASSWORD + "'");
            run(superuser, "create database managed owner installer");
        }
        server.bootstrap(server.url(MANAGED, INSTALLER));
        server.bootstrap(server.url(MANAGED, INSTALLER));
        server.create(OWN);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void an_owner_without_superuser_makes_the_same_roles() throws SQLException {
        try (var superuser = server.superuser(MANAGED)) {
            assertEquals("8", one(superuser, """
                            select count(*) from pg_roles where rolname ~ '^(auth|crm|voice|audit)_(owner|app)$' and rolcanlogin
                            and not (rolsuper or rolcreatedb or rolcreaterole or rolbypassrls or rolreplication or rolinherit)
                            """));
            assertEquals(
                    "audit:audit_owner auth:auth_owner crm:crm_owner voice:voice_owner",
                    one(
                            superuser,
                            "select string_agg(nspname || ':' || nspowner::regrole, ' ' order by nspname)"
                                    + " from pg_namespace where nspname in ('auth', 'crm', 'voice', 'audit')"));
        }
    }

    @Test
    void an_owner_without_superuser_lets_each_schema_be_built() throws SQLException {
        try (var owner = as(MANAGED, "crm_owner");
                var app = as(MANAGED, "crm_app")) {
            run(owner, "create table trees (name text)");
            run(owner, "grant select on trees to crm_app");
            assertEquals("0", one(app, "select count(*) from trees where unaccent(name) = 'Baum'"));
            refuses(app, "create table bushes (name text)");
            refuses(app, "create temp table bushes (name text)");
        }
    }

    @Test
    void the_installing_role_inherits_no_rights_of_the_owners() throws SQLException {
        try (var installer = as(MANAGED, INSTALLER)) {
            refuses(installer, "create table voice.mine (id int)");
        }
    }

    @Test
    void another_run_changes_nothing() throws SQLException {
        for (var database : List.of(MANAGED, OWN)) {
            try (var superuser = server.superuser(database)) {
                var before = state(superuser);
                server.bootstrap(database.equals(OWN) ? server.url(OWN) : server.url(MANAGED, INSTALLER));
                assertEquals(Set.of(), difference(before, state(superuser)));
            }
        }
    }

    @Test
    void another_run_repairs_what_has_drifted() throws SQLException {
        try (var superuser = server.superuser(OWN)) {
            var before = state(superuser);
            run(superuser, "alter role crm_app createdb bypassrls inherit");
            run(superuser, "alter role voice_app in database switchboard reset statement_timeout");
            run(superuser, "alter schema audit owner to postgres");
            run(superuser, "grant usage on schema auth to public");
            run(superuser, "grant execute on function pg_advisory_lock(bigint) to public");
            server.bootstrap(server.url(OWN));
            assertEquals(Set.of(), difference(before, state(superuser)));
            run(superuser, "alter role crm_app nologin inherit");
            server.bootstrap(server.url(MANAGED, INSTALLER));
            assertEquals(Set.of(), difference(before, state(superuser)));
        }
    }

    @Test
    void a_stranger_is_refused_in_words() throws SQLException {
        try (var superuser = server.superuser("postgres")) {
            run(superuser, "create role passer_by login createrole password '" + TestDatabase.PASSWORD + "'");
            run(superuser, "grant connect on database managed to passer_by");
        }
        var refused =
                assertThrows(IllegalStateException.class, () -> server.bootstrap(server.url(MANAGED, "passer_by")));
        assertTrue(
                refused.getMessage().contains("passer_by cannot prepare the database managed"), refused.getMessage());
    }

    @Test
    void advisory_locks_are_the_owners_alone() throws SQLException {
        try (var app = as(OWN, "audit_app");
                var owner = as(OWN, "audit_owner")) {
            for (var lock : List.of(
                    "pg_advisory_lock(1)",
                    "pg_advisory_lock_shared(1)",
                    "pg_advisory_xact_lock(1, 2)",
                    "pg_advisory_xact_lock_shared(1)",
                    "pg_try_advisory_lock(1)",
                    "pg_try_advisory_lock_shared(1, 2)",
                    "pg_try_advisory_xact_lock(1)",
                    "pg_try_advisory_xact_lock_shared(1)")) {
                refuses(app, "select " + lock);
                run(owner, "select " + lock);
            }
        }
    }

    @Test
    void large_objects_are_nobody_s() throws SQLException {
        try (var app = as(OWN, "crm_app");
                var owner = as(OWN, "crm_owner")) {
            for (var call : List.of(
                    "lo_creat(-1)",
                    "lo_create(0)",
                    "lo_from_bytea(0, 'x')",
                    "lo_put(1, 0, 'x')",
                    "lo_import('/etc/hosts')")) {
                refuses(app, "select " + call);
                refuses(owner, "select " + call);
            }
        }
    }

    @Test
    void a_password_that_is_no_verifier_is_refused() throws SQLException {
        try (var superuser = server.superuser(OWN)) {
            run(superuser, "select set_config('switchboard.crm_app_verifier', 'as-clear-as-day', false)");
            var refused = assertThrows(SQLException.class, () -> run(superuser, TestDatabase.script()));
            assertTrue(refused.getMessage().contains("is not a SCRAM-SHA-256 verifier"), refused.getMessage());
        }
    }

    @Test
    void the_server_s_log_holds_every_statement_and_no_password() throws SQLException {
        server.bootstrap(server.url(OWN));
        try (var superuser = server.superuser(OWN)) {
            var log = one(superuser, "select pg_read_file(pg_current_logfile())");
            assertTrue(log.contains("set_config('switchboard.auth_owner_verifier'"), "statements are logged");
            // The test's own roles were made with it in clear.
            var suite =
                    log.lines().filter(line -> !line.contains("create role")).toList();
            assertFalse(suite.stream().anyMatch(line -> line.contains(TestDatabase.PASSWORD)));
        }
    }

    private static Connection as(String database, String role) throws SQLException {
        return DriverManager.getConnection(server.url(database, role));
    }

    private static Set<String> state(Connection superuser) throws SQLException {
        var lines = new TreeSet<String>();
        try (var statement = superuser.createStatement();
                var rows = statement.executeQuery(STATE)) {
            while (rows.next()) {
                lines.add(rows.getString(1));
            }
        }
        return lines;
    }

    private static Set<String> difference(Set<String> before, Set<String> after) {
        var lines = new TreeSet<String>();
        before.stream().filter(line -> !after.contains(line)).forEach(line -> lines.add("gone: " + line));
        after.stream().filter(line -> !before.contains(line)).forEach(line -> lines.add("new: " + line));
        return lines;
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void refuses(Connection connection, String sql) {
        var refused = assertThrows(SQLException.class, () -> run(connection, sql), sql);
        assertEquals("42501", refused.getSQLState(), sql);
    }

    private static String one(Connection connection, String query) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }
}
