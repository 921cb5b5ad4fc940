package io.switchboard.crm.ticket;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import io.switchboard.kit.test.SqlRefusal;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class MessageResourceTest {
    final HelpDesk desk = new HelpDesk();
    final Caller agent = desk.agent();
    final Caller customer = desk.customer();
    final UUID ticket = desk.ticket("Echo", customer, agent, null);

    @Test
    void messages_are_listed_oldest_first_and_notes_only_to_staff() {
        send(customer, "Hello?", false)
                .statusCode(201)
                .body("type", is("customer"))
                .body("internal", is(false));
        send(agent, "He is angry.", true)
                .statusCode(201)
                .body("type", is("agent"))
                .body("internal", is(true))
                .body("senderId", is(agent.id().toString()))
                .body("ticketId", is(ticket.toString()));
        send(desk.admin, "We are on it.", false).statusCode(201);
        for (var staff : List.of(agent, desk.admin)) {
            list(staff, "").body("items.content", contains("Hello?", "He is angry.", "We are on it."));
        }
        list(customer, "").body("items.content", contains("Hello?", "We are on it."));

        String cursor = list(customer, "?limit=1")
                .body("items.content", contains("Hello?"))
                .extract()
                .path("nextCursor");
        list(customer, "?limit=1&cursor=" + cursor)
                .body("items.content", contains("We are on it."))
                .body("nextCursor", nullValue());
    }

    @Test
    void texts_are_bounded_and_customers_write_no_notes() {
        refused(customer, Map.of("content", "x", "internal", true), 422, "invalid")
                .body("errors.field", contains("internal"));
        refused(agent, Map.of(), 422, "invalid");
        refused(agent, Map.of("content", "\u200b "), 422, "invalid");
        refused(agent, Map.of("content", "x".repeat(20_001)), 422, "invalid");
        refused(agent, Map.of("content", "x", "type", "system"), 400, "unknown_field");
        refused(agent, Map.of("content", "a\u0000b"), 400, "invalid_text");
        list(agent, "").body("items", empty());
        send(agent, "x".repeat(20_000), false).statusCode(201);
    }

    @Test
    void the_first_public_answer_of_staff_opens_a_new_ticket() {
        String id = customer.post("/api/tickets", Map.of("title", "New")).path("id");
        desk.set(UUID.fromString(id), "assigned_agent_id = '" + agent.id() + "'");
        message(agent, id, "A note", true);
        message(customer, id, "Hello?", false);
        show(id).body("status", is("new")).body("firstRespondedAt", nullValue());
        message(agent, id, "Hello!", false);
        String first = show(id).body("status", is("open"))
                .body("firstRespondedAt", notNullValue())
                .extract()
                .path("firstRespondedAt");
        message(agent, id, "Still there?", false);
        show(id).body("firstRespondedAt", is(first));
    }

    @Test
    void a_customers_message_opens_what_waits_or_is_resolved() {
        for (var status : List.of("pending", "resolved")) {
            patch(status).statusCode(200);
            send(agent, "Any news?", false).statusCode(201);
            show(ticket.toString()).body("status", is(status));
            send(customer, "Yes.", false).statusCode(201);
            show(ticket.toString()).body("status", is("open")).body("resolvedAt", nullValue());
        }
        show(ticket.toString()).body("reopenedCount", is(1)).body("lastReopenedAt", notNullValue());
    }

    @Test
    void a_closed_ticket_takes_none() {
        patch("closed").body("closedAt", notNullValue()).body("resolvedAt", notNullValue());
        for (var caller : List.of(customer, agent, desk.admin)) {
            refused(caller, Map.of("content", "Hello?"), 409, "ticket_closed");
        }
        refused(agent, Map.of("content", "A note", "internal", true), 409, "ticket_closed");
        list(agent, "").body("items", empty());
        assertEquals(0, notifications(agent) + notifications(customer));
        patch("open").body("closedAt", nullValue()).body("reopenedCount", is(1));
        send(customer, "Hello?", false).statusCode(201);
    }

    @Test
    void a_message_that_meets_the_closing_is_refused() {
        var answer = Sql.superuser()
                .runDuring(
                        "update tickets set status = 'closed' where id = '" + ticket + "'",
                        () -> customer.post("/api/tickets/" + ticket + "/messages", Map.of("content", "Wait!")));
        answer.then().statusCode(409).body("type", endsWith("ticket_closed"));
    }

    @Test
    void each_message_is_told_to_those_it_concerns_and_not_to_its_sender() {
        send(customer, "Hello?", false);
        assertEquals(List.of(1, 0, 0), told(agent, customer, desk.admin));
        send(agent, "Hello!", false);
        assertEquals(List.of(1, 1, 0), told(agent, customer, desk.admin));
        send(desk.admin, "He is angry.", true);
        assertEquals(List.of(2, 1, 0), told(agent, customer, desk.admin));
        customer.get("/api/notifications")
                .then()
                .body("items[0].type", is("ticket_message"))
                .body("items[0].title", is("Ticket #" + desk.value(ticket, "number") + ": Echo"))
                .body("items[0].message", is("Hello!"))
                .body("items[0].relatedType", is("ticket"))
                .body("items[0].relatedId", is(ticket.toString()));
    }

    @Test
    void where_no_agent_is_assigned_the_team_is_told_else_the_admins() {
        var first = desk.agent();
        var second = desk.agent();
        var team = desk.team(first, second);
        desk.set(ticket, "assigned_agent_id = null, assigned_team_id = '" + team + "'");
        send(customer, "Hello?", false);
        assertEquals(List.of(0, 1, 1, 0), told(agent, first, second, desk.admin));
        desk.set(ticket, "assigned_team_id = null");
        send(customer, "Anybody?", false);
        assertEquals(List.of(0, 1, 1, 1), told(agent, first, second, desk.admin));
    }

    @Test
    void nobody_speaks_for_another_by_sql_either() {
        assertEquals(1, insert(customer, "customer", customer, "customer", false));
        assertEquals(1, insert(agent, "agent", agent, "agent", false));
        refusedBySql("row-level security", customer, "customer", agent, "agent", false);
        refusedBySql("row-level security", customer, "customer", agent, "customer", false);
        refusedBySql("message_is_internal", customer, "customer", customer, "customer", true);
        refusedBySql("row-level security", agent, "agent", customer, "customer", false);
        refusedBySql("row-level security", agent, "agent", desk.admin, "agent", false);
        refusedBySql("row-level security", desk.agent(), "agent", agent, "agent", false);
        refusedBySql("message_is_internal", agent, "agent", agent, "system", false);
        assertEquals(1, insert(agent, "agent", agent, "system", true));
        list(customer, "").body("items", hasSize(2));
    }

    private void refusedBySql(String reason, Caller as, String role, Caller sender, String type, boolean internal) {
        var refusal = assertThrows(SqlRefusal.class, () -> insert(as, role, sender, type, internal));
        assertTrue(refusal.getMessage().contains(reason), refusal.getMessage());
    }

    private int insert(Caller as, String role, Caller sender, String type, boolean internal) {
        return Sql.app(desk.org, as.id(), role)
                .run(
                        "insert into messages (org_id, ticket_id, sender_id, type, is_internal, content) values ('%s', '%s', '%s', '%s', %s, 'Hello')"
                                .formatted(desk.org, ticket, sender.id(), type, internal));
    }

    private List<Integer> told(Caller... people) {
        return List.of(people).stream().map(MessageResourceTest::notifications).toList();
    }

    private static int notifications(Caller person) {
        return person.get("/api/notifications").path("items.findAll { it.type == 'ticket_message' }.size()");
    }

    private ValidatableResponse send(Caller caller, String content, boolean internal) {
        return message(caller, ticket.toString(), content, internal);
    }

    private static ValidatableResponse message(Caller caller, String id, String content, boolean internal) {
        return caller.post("/api/tickets/" + id + "/messages", Map.of("content", content, "internal", internal))
                .then();
    }

    private ValidatableResponse refused(Caller caller, Map<String, ?> form, int status, String type) {
        return caller.post("/api/tickets/" + ticket + "/messages", form)
                .then()
                .statusCode(status)
                .body("type", endsWith(type));
    }

    private ValidatableResponse list(Caller caller, String query) {
        return caller.get("/api/tickets/" + ticket + "/messages" + query).then().statusCode(200);
    }

    private ValidatableResponse show(String id) {
        return agent.get("/api/tickets/" + id).then().statusCode(200);
    }

    private ValidatableResponse patch(String status) {
        return agent.patch("/api/tickets/" + ticket, Map.of("status", status))
                .then()
                .statusCode(200);
    }
}
