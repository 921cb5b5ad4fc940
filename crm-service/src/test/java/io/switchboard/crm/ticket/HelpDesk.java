package io.switchboard.crm.ticket;

import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.Sql;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An organization with an admin, whose other people, teams and tickets tests add, past the API. */
public final class HelpDesk {
    public final UUID org = UUID.randomUUID();
    public final Caller admin = joined("admin");

    public Caller agent() {
        return joined("agent");
    }

    public Caller customer() {
        return joined("customer");
    }

    private Caller joined(String role) {
        var person = Caller.of(role, org);
        insert(
                "insert into members (org_id, id, name, email, role, is_active, version) values ('%s', '%s', 'Jo', '%s@example.com', '%s', true, 1) returning id"
                        .formatted(org, person.id(), person.id(), role));
        return person;
    }

    public UUID contact() {
        return insert("insert into contacts (org_id, name) values ('%s', 'Ada Lovelace') returning id".formatted(org));
    }

    public UUID team(Caller... agents) {
        var team = insert("insert into teams (org_id, name) values ('%s', 'Team %s') returning id"
                .formatted(org, UUID.randomUUID()));
        for (var agent : agents) {
            join(team, agent);
        }
        return team;
    }

    public void join(UUID team, Caller agent) {
        insert("insert into team_members (org_id, team_id, user_id) values ('%s', '%s', '%s') returning id"
                .formatted(org, team, agent.id()));
    }

    public void leave(UUID team, Caller agent) {
        run("delete from team_members where team_id = '%s' and user_id = '%s'".formatted(team, agent.id()));
    }

    /** An open one. */
    public UUID ticket(String title, @Nullable Caller customer, @Nullable Caller agent, @Nullable UUID team) {
        return insert(
                "insert into tickets (org_id, title, status, customer_id, assigned_agent_id, assigned_team_id) values ('%s', '%s', 'open', %s, %s, %s) returning id"
                        .formatted(org, title, id(customer), id(agent), literal(team)));
    }

    public UUID message(UUID ticket, Caller sender, boolean internal, String content) {
        return insert(
                "insert into messages (org_id, ticket_id, sender_id, type, is_internal, content) values ('%s', '%s', '%s', 'agent', %s, '%s') returning id"
                        .formatted(org, ticket, sender.id(), internal, content));
    }

    /** @param assignments such as {@code assigned_agent_id = null} */
    public void set(UUID ticket, String assignments) {
        run("update tickets set %s where id = '%s'".formatted(assignments, ticket));
    }

    public String value(UUID ticket, String expression) {
        return Sql.superuser().value("select %s from tickets where id = '%s'".formatted(expression, ticket));
    }

    private static String id(@Nullable Caller person) {
        return literal(person == null ? null : person.id());
    }

    private static String literal(@Nullable UUID id) {
        return id == null ? "null" : "'" + id + "'";
    }

    private static UUID insert(String statement) {
        return UUID.fromString(Sql.superuser().value(statement));
    }

    /** As an admin of the organization: triggers read who it is. */
    public void run(String... statements) {
        try (var session = Sql.superuser().open()) {
            session.begin();
            session.run("select set_config('app.org_id', '%s', true), set_config('app.role', 'admin', true)"
                    .formatted(org));
            session.run(statements);
            session.commit();
        }
    }
}
