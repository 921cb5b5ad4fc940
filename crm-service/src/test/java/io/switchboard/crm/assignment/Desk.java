package io.switchboard.crm.assignment;

import io.restassured.response.ValidatableResponse;
import io.switchboard.crm.Colleagues;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.Sql;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An organization with an admin, teams and tickets. */
final class Desk {
    final Caller admin = Colleagues.joined("admin", UUID.randomUUID());

    Caller agent() {
        return Colleagues.joined("agent", admin.orgId());
    }

    /** A team of people. */
    String team(String name, Caller... people) {
        String id = admin.post("/api/teams", Map.of("name", name))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        for (var person : people) {
            admin.post("/api/teams/" + id + "/members", Map.of("userId", person.id()))
                    .then()
                    .statusCode(201);
        }
        return id;
    }

    void member(String team, Caller person, Map<String, ?> patch) {
        admin.patch("/api/teams/" + team + "/members/" + person.id(), patch)
                .then()
                .statusCode(200);
    }

    /** One that is nobody's. */
    String ticket(String title) {
        return admin.post("/api/tickets", Map.of("title", title))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    /** Many of these, in one statement of an admin's. */
    List<String> tickets(int many) {
        sql(admin)
                .run("insert into tickets (org_id, title) select '%s', 'Many' from generate_series(1, %d)"
                        .formatted(admin.orgId(), many));
        return Sql.superuser()
                .column("select id from tickets where org_id = '%s' and title = 'Many' and assigned_team_id is null"
                        .formatted(admin.orgId()));
    }

    ValidatableResponse assign(Caller caller, String ticket, Map<String, ?> to) {
        return caller.post("/api/tickets/" + ticket + "/assign", to).then();
    }

    ValidatableResponse inTurn(String ticket, String team) {
        return assign(admin, ticket, Map.of("teamId", team, "strategy", "round_robin"));
    }

    /** How many open tickets somebody has. */
    long load(Caller person) {
        return Sql.superuser()
                .number(("select count(*) from tickets where org_id = '%s' and assigned_agent_id = '%s'"
                                + " and status in ('new', 'open', 'pending')")
                        .formatted(admin.orgId(), person.id()));
    }

    /** The service's role in a transaction of the person's, as an agent or admin. */
    Sql sql(Caller person) {
        return Sql.app(admin.orgId(), person.id(), person == admin ? "admin" : "agent");
    }

    /** What somebody is told of tickets, newest first. */
    List<String> told(Caller person) {
        return person.get("/api/notifications")
                .then()
                .statusCode(200)
                .extract()
                .path("items.findAll { it.type == 'ticket_assigned' }.title");
    }

    static Map<String, Object> change(String field, @Nullable Object value) {
        var patch = new HashMap<String, Object>();
        patch.put(field, value);
        return patch;
    }
}
