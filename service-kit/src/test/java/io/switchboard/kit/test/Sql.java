package io.switchboard.kit.test;

import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * SQL past the service: as the superuser, or as the service's own role for a caller. Each call has a connection of its own and
 * is committed; {@link #open} keeps one. Refused statements throw {@link SqlRefusal}.
 */
public final class Sql {
    private final String url; // jdbc:postgresql://host:port/database
    private final String schema;
    private final String role;
    private final List<String> settings;
    private final boolean local;

    private Sql(String url, String schema, String role, List<String> settings, boolean local) {
        this.url = url;
        this.schema = schema;
        this.role = role;
        this.settings = settings;
        this.local = local;
    }

    /** The superuser in the database of the service under test. No policy binds it; the schema need not be named. */
    public static Sql superuser() {
        var config = ConfigProvider.getConfig();
        return superuser(
                "jdbc:" + config.getValue("switchboard.db.url", String.class),
                config.getValue("switchboard.schema", String.class));
    }

    static Sql superuser(String url, String schema) {
        return new Sql(url, schema, "postgres", List.of("set search_path = " + schema + ", ext"), false);
    }

    /** The service's role in a transaction of the caller, as {@code TenantSql} opens it. */
    public static Sql app(UUID orgId, UUID userId, String role) {
        return superuser().caller(orgId, role).with("app.user_id", userId);
    }

    /** The service's role without a caller. */
    public Sql app() {
        return new Sql(url, schema, schema + "_app", List.of(), false);
    }

    /** The role that owns the tables, as definer functions run. */
    public Sql owner() {
        return new Sql(url, schema, schema + "_owner", List.of(), false);
    }

    /** The service's role in a transaction of a caller. */
    public Sql caller(UUID orgId, String role) {
        return new Sql(url, schema, schema + "_app", List.of(), true)
                .with("app.org_id", orgId)
                .with("app.role", role);
    }

    /** A setting of the transaction, or of the session where there is no caller. */
    public Sql with(String name, Object value) {
        return doing("select set_config('%s', '%s', %s)".formatted(name, value == null ? "" : value, local));
    }

    /** No trigger fires: to fill tables. */
    public Sql withoutTriggers() {
        return doing("set session_replication_role = replica");
    }

    private Sql doing(String statement) {
        var more = new ArrayList<>(settings);
        more.add(statement);
        return new Sql(url, schema, role, more, local);
    }

    /** The caller's transaction is open until it is committed or closed. */
    public SqlSession open() {
        return SqlSession.open(url, role, settings, local);
    }

    /** The first column. */
    public List<String> column(String sql) {
        return once(session -> session.column(sql));
    }

    /** The first column of the only row. */
    public String value(String sql) {
        return once(session -> session.value(sql));
    }

    public long number(String sql) {
        return Long.parseLong(value(sql));
    }

    /** The only row by column name. */
    public Map<String, String> row(String sql) {
        return once(session -> session.row(sql));
    }

    /** @return how many rows were changed by the last of them */
    public int run(String... statements) {
        return once(session -> session.run(statements));
    }

    /** @return what came of the work, which began while the change was not committed yet and had to wait for it */
    public <T> T runDuring(String change, Supplier<T> work) {
        try (var session = open()) {
            session.begin();
            session.run(change);
            var waits = "select 1 from pg_stat_activity where " + session.value("select pg_backend_pid()")
                    + " = any (pg_blocking_pids(pid))";
            var waiting = CompletableFuture.supplyAsync(work);
            await().until(() -> waiting.isDone() || !column(waits).isEmpty());
            session.commit();
            return waiting.join();
        }
    }

    private interface Work<T> {
        T in(SqlSession session);
    }

    private <T> T once(Work<T> work) {
        try (var session = open()) {
            var result = work.in(session);
            session.commit();
            return result;
        }
    }
}
