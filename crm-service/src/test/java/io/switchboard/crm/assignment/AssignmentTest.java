package io.switchboard.crm.assignment;

import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.crm.Colleagues;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PeerRequests;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import io.switchboard.kit.test.SqlRefusal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tickets are handed to people and teams: who sees them then, and who is told. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class AssignmentTest {
    Desk desk;
    Caller ada;
    Caller bob;
    Caller eve;
    String team;
    String ticket;

    @BeforeEach
    void open() {
        desk = new Desk();
        ada = desk.agent();
        bob = desk.agent();
        eve = desk.agent();
        team = desk.team("Support", ada, bob);
        ticket = desk.ticket("The door is open");
    }

    @Test
    void an_agent_gets_a_ticket_is_told_and_sees_it() {
        seen(404, ada);
        desk.assign(desk.admin, ticket, Map.of("agentId", ada.id()))
                .statusCode(200)
                .header("ETag", is("\"1\""))
                .body("id", is(ticket))
                .body("assignedAgentId", is(ada.id().toString()))
                .body("assignedTeamId", nullValue());
        seen(200, ada);
        seen(404, bob);
        ada.get("/api/notifications")
                .then()
                .body("items[0].type", is("ticket_assigned"))
                .body("items[0].title", is("Ticket assigned"))
                .body("items[0].message", is("#1: The door is open"))
                .body("items[0].priority", is("normal"))
                .body("items[0].relatedType", is("ticket"))
                .body("items[0].relatedId", is(ticket))
                .body("items[0].actionUrl", is("/api/tickets/" + ticket));
        assertEquals(List.of(), desk.told(bob));
    }

    @Test
    void whoever_hands_a_ticket_over_is_shown_it_once_more() {
        desk.assign(desk.admin, ticket, Map.of("agentId", ada.id()));
        desk.assign(ada, ticket, Map.of("agentId", bob.id()))
                .statusCode(200)
                .body("title", is("The door is open"))
                .body("assignedAgentId", is(bob.id().toString()));
        seen(404, ada);
        desk.assign(ada, ticket, Map.of("agentId", ada.id()))
                .statusCode(404)
                .body("type", endsWith("ticket_not_found"));
        seen(200, bob);
        assertEquals(List.of("Ticket assigned"), desk.told(bob));
    }

    @Test
    void a_team_gets_a_ticket_and_all_in_it_are_told_and_see_it() {
        desk.assign(desk.admin, ticket, Map.of("agentId", eve.id()));
        desk.assign(eve, ticket, Map.of("teamId", team))
                .statusCode(200)
                .body("assignedTeamId", is(team))
                .body("assignedAgentId", nullValue());
        seen(404, eve);
        for (var person : List.of(ada, bob)) {
            seen(200, person);
            assertEquals(List.of("Ticket for Support"), desk.told(person));
        }
        desk.assign(bob, ticket, Map.of("agentId", eve.id()))
                .body("assignedTeamId", is(team))
                .body("assignedAgentId", is(eve.id().toString()));
        seen(200, bob);
        assertEquals(List.of("Ticket for Support"), desk.told(bob));
        assertEquals(List.of("Ticket assigned", "Ticket assigned"), desk.told(eve));
    }

    @Test
    void the_same_again_changes_nothing_and_tells_nobody() {
        desk.assign(desk.admin, ticket, Map.of("agentId", ada.id()));
        desk.assign(desk.admin, ticket, Map.of("agentId", ada.id()))
                .statusCode(200)
                .header("ETag", is("\"1\""));
        assertEquals(List.of("Ticket assigned"), desk.told(ada));
    }

    @Test
    void an_urgent_ticket_makes_an_urgent_notification() {
        for (var priority : List.of("urgent", "high", "low")) {
            String id = desk.admin
                    .post("/api/tickets", Map.of("title", "Fire", "priority", priority))
                    .path("id");
            desk.assign(desk.admin, id, Map.of("agentId", ada.id()));
            ada.get("/api/notifications")
                    .then()
                    .body("items[0].priority", is(priority.equals("low") ? "normal" : priority));
        }
    }

    @Test
    void people_and_teams_that_cannot_have_it_are_refused_by_name() {
        for (var nobody : List.of(
                Caller.agentOfNewOrg(),
                Colleagues.left("agent", desk.admin.orgId()),
                Colleagues.joined("customer", desk.admin.orgId()))) {
            PeerRequests.answer("/internal/members/" + nobody.id(), 404);
            refused("agentId", Map.of("agentId", nobody.id()));
        }
        refused("agentId", Map.of());
        refused("agentId", Map.of("agentId", ada.id(), "teamId", team));
        refused("strategy", Map.of("agentId", ada.id(), "strategy", "round_robin"));
        for (var elsewhere : List.of(UUID.randomUUID().toString(), new Desk().team("Theirs"))) {
            refused("teamId", Map.of("teamId", elsewhere));
            refused("teamId", Map.of("teamId", elsewhere, "strategy", "round_robin"));
        }
        desk.assign(desk.admin, ticket, Map.of("teamId", team, "strategy", "random"))
                .statusCode(400)
                .body("type", endsWith("malformed_field"));
        desk.admin.get("/api/tickets/" + ticket).then().header("ETag", is("\"0\""));
    }

    @Test
    void who_does_not_see_a_ticket_assigns_nothing() {
        for (var to : List.of(Map.of("teamId", team), Map.of("teamId", team, "strategy", "round_robin"))) {
            desk.assign(ada, ticket, to).statusCode(404).body("type", endsWith("ticket_not_found"));
            desk.assign(new Desk().admin, ticket, to).statusCode(404);
            desk.assign(desk.admin, UUID.randomUUID().toString(), to).statusCode(404);
        }
        desk.assign(Colleagues.joined("customer", desk.admin.orgId()), ticket, Map.of("teamId", team))
                .statusCode(403);
        desk.admin.get("/api/tickets/" + ticket).then().body("assignedTeamId", nullValue());
    }

    @Test
    void a_repeated_request_is_answered_as_the_first_though_the_ticket_is_lost() {
        desk.assign(desk.admin, ticket, Map.of("agentId", ada.id()));
        for (int i = 0; i < 2; i++) {
            ada.request()
                    .header("Idempotency-Key", "hand-over")
                    .body(Map.of("agentId", bob.id()))
                    .post("/api/tickets/" + ticket + "/assign")
                    .then()
                    .statusCode(200)
                    .body("assignedAgentId", is(bob.id().toString()));
        }
        assertEquals(List.of("Ticket assigned"), desk.told(bob));
    }

    @Test
    void who_leaves_a_team_keeps_their_own_tickets_alone() {
        var own = desk.ticket("Mine");
        desk.assign(desk.admin, own, Map.of("teamId", team));
        desk.assign(desk.admin, own, Map.of("agentId", ada.id()));
        desk.assign(desk.admin, ticket, Map.of("teamId", team));
        seen(200, ada);
        desk.admin.delete("/api/teams/" + team + "/members/" + ada.id());
        seen(404, ada);
        ada.get("/api/tickets/" + own)
                .then()
                .statusCode(200)
                .body("assignedAgentId", is(ada.id().toString()))
                .body("assignedTeamId", is(team));
    }

    @Test
    void a_team_that_is_deleted_leaves_its_tickets_with_their_agents() {
        var own = desk.ticket("Mine");
        desk.assign(desk.admin, own, Map.of("teamId", team));
        desk.assign(desk.admin, own, Map.of("agentId", ada.id()));
        desk.assign(desk.admin, ticket, Map.of("teamId", team));
        desk.admin.delete("/api/teams/" + team).then().statusCode(204);
        ada.get("/api/tickets/" + own)
                .then()
                .statusCode(200)
                .body("assignedAgentId", is(ada.id().toString()))
                .body("assignedTeamId", nullValue());
        seen(404, ada);
        desk.admin.get("/api/tickets/" + ticket).then().body("assignedTeamId", nullValue());
        assertEquals(2, desk.told(bob).size());
    }

    @Test
    void the_database_holds_all_of_it_against_plain_sql() {
        var customer = Colleagues.joined("customer", desk.admin.orgId());
        String theirs = customer.post("/api/tickets", Map.of("title", "Help")).path("id");
        var hand = "select count(*) from assign_ticket('%s', '%s', null)";
        assertEquals(0, desk.sql(ada).number(hand.formatted(theirs, ada.id())));
        assertEquals(
                0, Sql.app(desk.admin.orgId(), customer.id(), "customer").number(hand.formatted(theirs, ada.id())));
        assertEquals(0, Sql.app(UUID.randomUUID(), desk.admin.id(), "admin").number(hand.formatted(theirs, ada.id())));
        refused("23503", hand.formatted(theirs, customer.id()));
        refused("23503", "select count(*) from assign_ticket('%s', null, '%s')".formatted(theirs, UUID.randomUUID()));
        refused("42501", "update tickets set assigned_agent_id = '%s' where id = '%s'".formatted(ada.id(), theirs));
        refused("42501", "update tickets set assigned_team_id = '%s' where id = '%s'".formatted(team, theirs));
        assertEquals(1, desk.sql(desk.admin).number(hand.formatted(theirs, ada.id())));
        desk.assign(desk.admin, theirs, Map.of("teamId", team));
        assertEquals(0, desk.sql(ada).number("select release_tickets('%s')".formatted(team)));
        assertEquals(1, desk.sql(desk.admin).number("select release_tickets('%s')".formatted(team)));
    }

    private void refused(String state, String sql) {
        assertEquals(
                state,
                assertThrows(SqlRefusal.class, () -> desk.sql(desk.admin).run(sql))
                        .state());
    }

    private void refused(String field, Map<String, ?> to) {
        desk.assign(desk.admin, ticket, new HashMap<>(to)).statusCode(422).body("errors[0].field", is(field));
    }

    private void seen(int status, Caller person) {
        person.get("/api/tickets/" + ticket).then().statusCode(status);
    }
}
