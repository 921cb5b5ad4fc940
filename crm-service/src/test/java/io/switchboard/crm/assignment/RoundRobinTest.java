package io.switchboard.crm.assignment;

import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.SqlRefusal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is next: of those who are there and not full the one with the fewest open tickets, however many ask at once. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class RoundRobinTest {
    private static final int AT_ONCE = 50;
    private static final int PATIENCE = 10;

    Desk desk;

    @BeforeEach
    void open() {
        desk = new Desk();
    }

    /** Half of them by the API, half as another replica asks the database. */
    @Test
    void fifty_at_once_are_shared_evenly_and_only_among_those_who_can_take_them() throws Exception {
        var five = Stream.generate(desk::agent).limit(5).toList();
        var away = desk.agent();
        var full = desk.agent();
        var off = desk.agent();
        var customer = desk.agent();
        var team = desk.team("Support", five.toArray(Caller[]::new));
        for (var nobody : List.of(away, full, off, customer)) {
            desk.admin.post("/api/teams/" + team + "/members", Map.of("userId", nobody.id()));
        }
        desk.member(team, away, Map.of("isAvailable", false));
        desk.assign(desk.admin, desk.ticket("The one that fills"), Map.of("agentId", full.id()));
        desk.member(team, full, Map.of("maxOpenTickets", 1));
        become(off, "agent", false);
        become(customer, "customer", true);
        for (var ticket : List.of("First", "Second", "Third")) {
            desk.assign(
                    desk.admin,
                    desk.ticket(ticket),
                    Map.of("agentId", five.get(0).id()));
        }

        raced(desk.tickets(AT_ONCE), List.of(team));

        var loads = five.stream().map(desk::load).sorted().toList();
        assertEquals(AT_ONCE + 3, loads.stream().mapToLong(Long::longValue).sum(), loads::toString);
        assertTrue(loads.get(4) - loads.get(0) <= 1, loads::toString);
        assertEquals(
                List.of(0L, 1L, 0L, 0L),
                Stream.of(away, full, off, customer).map(desk::load).toList());
    }

    @Test
    void people_in_several_teams_are_never_over_their_limit() throws Exception {
        var both = desk.agent();
        var teams = List.of(desk.team("Support", both), desk.team("Sales", both));
        for (var team : teams) {
            desk.member(team, both, Map.of("maxOpenTickets", 3));
        }
        raced(desk.tickets(12), teams);
        assertEquals(3, desk.load(both));
    }

    @Test
    void where_nobody_is_free_the_team_has_it() {
        var ada = desk.agent();
        var team = desk.team("Support", ada);
        desk.member(team, ada, Map.of("isAvailable", false));
        var ticket = desk.ticket("Help");
        desk.assign(desk.admin, ticket, Map.of("agentId", desk.admin.id()));
        desk.inTurn(ticket, team)
                .statusCode(200)
                .body("assignedTeamId", is(team))
                .body("assignedAgentId", nullValue());
        assertEquals(List.of("Ticket for Support"), desk.told(ada));
        var empty = desk.team("Nobody");
        desk.inTurn(ticket, empty).body("assignedTeamId", is(empty)).body("assignedAgentId", nullValue());
    }

    @Test
    void among_equals_people_take_turns() {
        var three = Stream.generate(desk::agent).limit(3).toList();
        var team = desk.team("Support", three.toArray(Caller[]::new));
        var turns = new ArrayList<String>();
        for (int i = 0; i < 6; i++) {
            var ticket = desk.ticket("Solved at once");
            turns.add(desk.inTurn(ticket, team).extract().path("assignedAgentId"));
            desk.admin.patch("/api/tickets/" + ticket, Map.of("status", "resolved"));
        }
        assertEquals(3, new HashSet<>(turns.subList(0, 3)).size(), turns::toString);
        assertEquals(turns.subList(0, 3), turns.subList(3, 6));
    }

    @Test
    void a_limit_counts_what_is_open_and_not_the_ticket_itself() {
        var ada = desk.agent();
        var team = desk.team("Support", ada);
        desk.member(team, ada, Map.of("maxOpenTickets", 1));
        var first = desk.ticket("First");
        var second = desk.ticket("Second");
        desk.inTurn(first, team).body("assignedAgentId", is(ada.id().toString()));
        desk.inTurn(second, team).body("assignedAgentId", nullValue());
        desk.inTurn(first, team).body("assignedAgentId", is(ada.id().toString()));
        desk.admin.patch("/api/tickets/" + first, Map.of("status", "pending"));
        desk.inTurn(second, team).body("assignedAgentId", nullValue());
        desk.admin.patch("/api/tickets/" + first, Map.of("status", "resolved"));
        desk.inTurn(second, team).body("assignedAgentId", is(ada.id().toString()));
        desk.member(team, ada, Desk.change("maxOpenTickets", null));
        desk.inTurn(first, team).body("assignedAgentId", is(ada.id().toString()));
    }

    @Test
    void an_agent_shares_out_what_the_agent_has() {
        var ada = desk.agent();
        var bob = desk.agent();
        var team = desk.team("Support", bob);
        var ticket = desk.ticket("Help");
        desk.assign(desk.admin, ticket, Map.of("agentId", ada.id()));
        desk.assign(ada, ticket, Map.of("teamId", team, "strategy", "round_robin"))
                .statusCode(200)
                .body("assignedAgentId", is(bob.id().toString()));
        ada.get("/api/tickets/" + ticket).then().statusCode(404);
    }

    /** auth-service tells of a change. */
    private void become(Caller person, String role, boolean active) {
        Caller.service("auth-service", desk.admin.orgId())
                .put(
                        "/internal/members/" + person.id(),
                        Map.of("name", "Jo", "email", "jo@example.com", "role", role, "isActive", active, "version", 2))
                .then()
                .statusCode(204);
    }

    private void raced(List<String> tickets, List<String> teams) throws InterruptedException, ExecutionException {
        var all = new ArrayList<Callable<Void>>();
        for (int i = 0; i < tickets.size(); i++) {
            var ticket = tickets.get(i);
            var team = teams.get(i / 2 % teams.size());
            all.add(i % 2 == 0 ? () -> byApi(ticket, team) : () -> bySql(ticket, team));
        }
        var threads = Executors.newFixedThreadPool(all.size());
        try {
            for (Future<Void> one : threads.invokeAll(all)) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** What a busy machine answers 503 is asked again, as callers do; under its key nothing happens twice. */
    private Void byApi(String ticket, String team) {
        var answer = inTurnWithKey(ticket, team);
        for (int again = 0; again < PATIENCE && answer.statusCode() == 503; again++) {
            answer = inTurnWithKey(ticket, team);
        }
        answer.then().statusCode(200).body("assignedTeamId", is(team));
        return null;
    }

    private Response inTurnWithKey(String ticket, String team) {
        return desk.admin
                .request()
                .header("Idempotency-Key", ticket)
                .body(Map.of("teamId", team, "strategy", "round_robin"))
                .post("/api/tickets/" + ticket + "/assign");
    }

    /** Who has waited too long for the others' turns has changed nothing, and tries again. */
    private Void bySql(String ticket, String team) {
        for (int again = 0; ; again++) {
            try {
                assertEquals(
                        1,
                        desk.sql(desk.admin)
                                .number("select count(*) from assign_ticket_in_turn('%s', '%s')"
                                        .formatted(ticket, team)));
                return null;
            } catch (SqlRefusal late) {
                assertEquals("55P03", late.state(), late::getMessage);
                assertTrue(again < PATIENCE, late::getMessage);
            }
        }
    }
}
