package io.switchboard.voice;

import io.switchboard.kit.tenant.ListQuery;
import io.switchboard.kit.test.Sql;
import io.switchboard.kit.test.SqlSession;
import io.switchboard.kit.test.TestDatabase;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;

/** A migrated database of its own and SQL as the app role, for what only the database can show. */
public final class AppSql implements AutoCloseable {
    private final TestDatabase database = TestDatabase.migrated("voice");
    private final Sql superuser = database.sql("voice");

    /** SQL of an id as if it was made then; another one each time. */
    public static String idAt(String time) {
        return "encode(overlay(uuid_send(uuid_v7()) placing substring(uuid_send(uuid_v7_floor(" + time
                + ")) for 6) from 1 for 6), 'hex')::uuid";
    }

    /** The app role's connection, without a caller. */
    public SqlSession connect() {
        return superuser.app().open();
    }

    /** As a superuser, for what holds a lock meanwhile. */
    public SqlSession connectSuperuser() {
        return superuser.open();
    }

    /** As the superuser. */
    public void run(String... statements) {
        superuser.run(statements);
    }

    /** As the superuser, and no trigger fires: to fill tables. */
    public void fill(String... statements) {
        superuser.withoutTriggers().run(statements);
    }

    /**
     * How PostgreSQL goes about a statement of a member's, planned for its arguments and for any.
     *
     * @param client null for staff
     */
    public String plans(UUID org, String role, UUID client, String sql, Tuple args) {
        try (var session = caller(org, role, client).open()) {
            return session.explain(sql, args);
        }
    }

    /** The same for a list. */
    public String plans(UUID org, String role, UUID client, ListQuery list) {
        try (var session = caller(org, role, client).open()) {
            return session.explain(list);
        }
    }

    /** How PostgreSQL goes about a member's statement, and about those of the functions in it. */
    public String nestedPlans(UUID org, String role, UUID client, String statement) {
        try (var session = superuser.open()) {
            session.run("load 'auto_explain'", "set auto_explain.log_min_duration = 0");
            session.run("set auto_explain.log_nested_statements = on", "set client_min_messages = log");
            session.run("set role voice_app", "set app.org_id = '" + org + "'", "set app.role = '" + role + "'");
            session.run("set app.client_id = '" + (client == null ? "" : client) + "'");
            return session.messages(statement);
        }
    }

    /** The first column of what a member of the organization gets. */
    public List<String> as(UUID org, String role, String sql) {
        return as(org, role, null, sql);
    }

    public List<String> as(UUID org, String role, UUID client, String sql) {
        return caller(org, role, client).column(sql);
    }

    /** The first column of what a definer function gets for a member of the organization. */
    public List<String> asOwner(UUID org, String sql) {
        return superuser.owner().with("app.org_id", org).column(sql);
    }

    /** The first column of what the superuser gets. */
    public List<String> superuser(String sql) {
        return superuser.column(sql);
    }

    /** The first column of what the app role gets without a caller. */
    public List<String> query(String sql) {
        return superuser.app().column(sql);
    }

    private Sql caller(UUID org, String role, UUID client) {
        return superuser.caller(org, role).with("app.client_id", client);
    }

    @Override
    public void close() {
        database.close();
    }
}
