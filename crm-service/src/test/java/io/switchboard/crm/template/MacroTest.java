package io.switchboard.crm.template;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.switchboard.crm.ticket.HelpDesk;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class MacroTest {
    final HelpDesk desk = new HelpDesk();
    final Caller agent = desk.agent();
    final Caller customer = desk.customer();

    @Test
    void a_macro_answers_and_changes_the_ticket_in_one_step() {
        var ticket = desk.ticket("Printer", customer, agent, null);
        desk.set(ticket, "tags = '{b,a}'");
        apply(
                        ticket,
                        template(
                                "Hello {{customer.name}}, {{nope}}",
                                JsonObject.of(
                                        "status", "pending", "priority", "high", "addTags", List.of("a", "c", "c"))))
                .statusCode(200)
                .body("status", is("pending"))
                .body("priority", is("high"))
                .body("tags", contains("b", "a", "c"))
                .body("firstRespondedAt", notNullValue())
                .body("sla.pausedSince", notNullValue());
        customer.get("/api/tickets/{id}/messages", ticket)
                .then()
                .body("items.content", contains("Hello Jo, "))
                .body("items.type", contains("agent"))
                .body("items.senderId", contains(agent.id().toString()));
    }

    @Test
    void a_macro_ends_a_ticket_after_its_answer_and_reopens_it_before() {
        var ticket = desk.ticket("Printer", customer, agent, null);
        apply(ticket, template("Done", JsonObject.of("status", "closed")))
                .statusCode(200)
                .body("status", is("closed"));
        apply(ticket, template("More", null)).statusCode(409).body("type", endsWith("ticket_closed"));
        apply(ticket, template("Again", JsonObject.of("status", "open")))
                .statusCode(200)
                .body("status", is("open"));
        customer.get("/api/tickets/{id}/messages", ticket).then().body("items.content", contains("Done", "Again"));
    }

    @Test
    void a_macro_hands_a_ticket_over_last_and_shows_it() {
        var other = desk.agent();
        var ticket = desk.ticket("Printer", customer, agent, null);
        apply(
                        ticket,
                        template(
                                "My colleague takes over.",
                                JsonObject.of(
                                        "assign",
                                        JsonObject.of("agentId", other.id().toString()))))
                .statusCode(200)
                .body("assignedAgentId", is(other.id().toString()));
        agent.get("/api/tickets/{id}", ticket).then().statusCode(404);
        var teams = desk.ticket("Printer", customer, agent, null);
        var team = desk.team(other);
        apply(
                        teams,
                        template(
                                null,
                                JsonObject.of(
                                        "assign", JsonObject.of("teamId", team.toString(), "strategy", "round_robin"))))
                .statusCode(200)
                .body("assignedTeamId", is(team.toString()))
                .body("assignedAgentId", is(other.id().toString()));
        assertEquals("0", Sql.superuser().value("select count(*) from messages where ticket_id = '" + teams + "'"));
    }

    @Test
    void what_cannot_be_done_in_full_is_not_done_at_all() {
        var left = desk.agent();
        var ticket = desk.ticket("Printer", customer, agent, null);
        var macro = template(
                "Bye",
                JsonObject.of(
                        "priority",
                        "low",
                        "assign",
                        JsonObject.of("agentId", left.id().toString())));
        Sql.superuser().run("update members set is_active = false where id = '" + left.id() + "'");
        apply(ticket, macro).statusCode(422);
        apply(ticket, template("{{nope}}", JsonObject.of("priority", "low")))
                .statusCode(422)
                .body("errors.field", contains("templateId"));
        apply(ticket, UUID.randomUUID().toString()).statusCode(422).body("errors.field", contains("templateId"));
        apply(desk.ticket("Of another", customer, desk.agent(), null), macro).statusCode(404);
        apply(desk.ticket("Own", agent, null, null), template(null, JsonObject.of("priority", "low")))
                .statusCode(403);
        customer.post("/api/tickets/{id}/apply", Map.of("templateId", macro), ticket)
                .then()
                .statusCode(403);
        assertEquals("medium", desk.value(ticket, "priority"));
        assertEquals("0", Sql.superuser().value("select count(*) from messages where ticket_id = '" + ticket + "'"));
    }

    @Test
    void a_repeated_request_takes_effect_once() {
        var ticket = desk.ticket("Printer", customer, agent, null);
        var macro = template("Hello", JsonObject.of("priority", "high"));
        for (int i = 0; i < 2; i++) {
            agent.request()
                    .header("Idempotency-Key", "once")
                    .body(Map.of("templateId", macro))
                    .post("/api/tickets/{id}/apply", ticket)
                    .then()
                    .statusCode(200)
                    .body("priority", is("high"));
        }
        customer.get("/api/tickets/{id}/messages", ticket).then().body("items.content", contains("Hello"));
    }

    private String template(String content, JsonObject set) {
        var template = JsonObject.of("title", "x", "content", content, "set", set);
        return agent.post("/api/templates", template.encode())
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private ValidatableResponse apply(UUID ticket, String template) {
        return agent.post("/api/tickets/{id}/apply", Map.of("templateId", template), ticket)
                .then();
    }
}
