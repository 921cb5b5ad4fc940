package io.switchboard.crm.sla;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.switchboard.crm.Organizations;
import io.switchboard.crm.ticket.HelpDesk;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class SlaPolicyTest {
    private static final String PATH = "/api/tickets/sla-policies/";

    final HelpDesk desk = new HelpDesk();
    final Caller agent = desk.agent();

    @Test
    void there_is_a_policy_for_each_priority_from_the_beginning() {
        agent.get("/api/tickets/sla-policies")
                .then()
                .statusCode(200)
                .body("items.priority", contains("urgent", "high", "medium", "low"))
                .body("items.firstResponseMinutes", contains(60, 240, 480, 1_440))
                .body("items.resolutionMinutes", contains(480, 1_440, 2_880, 5_760))
                .body("nextCursor", nullValue());
        put("high", 30, 90).then().statusCode(200).body("priority", is("high")).body("resolutionMinutes", is(90));
        agent.get(PATH + "high").then().statusCode(200).header("ETag", "\"1\"").body("firstResponseMinutes", is(30));
        new HelpDesk().admin.get(PATH + "high").then().body("firstResponseMinutes", is(240));
    }

    @Test
    void what_is_refused_changes_nothing() {
        agent.put(PATH + "low", minutes(1, 1)).then().statusCode(403);
        desk.customer().get(PATH + "low").then().statusCode(403);
        desk.admin.get(PATH + "lowest").then().statusCode(404).body("type", endsWith("sla_policy_not_found"));
        put("lowest", 1, 1).then().statusCode(404);
        put("low", 0, 1).then().statusCode(422).body("errors.field", contains("firstResponseMinutes"));
        put("low", 1, 129_601).then().statusCode(422).body("errors.field", contains("resolutionMinutes"));
        desk.admin.put(PATH + "low", Map.of("resolutionMinutes", 1)).then().statusCode(422);
        desk.admin
                .request()
                .header("If-Match", "\"7\"")
                .body(minutes(1, 1))
                .put(PATH + "low")
                .then()
                .statusCode(412);
        agent.get(PATH + "low").then().header("ETag", "\"0\"").body("firstResponseMinutes", is(1_440));
    }

    @Test
    void a_new_policy_moves_open_tickets_at_once() {
        var open = open("urgent");
        var resolved = open("urgent");
        var other = open("low");
        patch(resolved, "status", "resolved");
        due(open, 60, 480);
        put("urgent", 30, 90).then().statusCode(200);
        due(open, 30, 90);
        due(resolved, 60, 480);
        due(other, 1_440, 5_760);
        patch(resolved, "status", "open");
        assertEquals("00:30:00", desk.value(resolved, "first_response_due_at - created_at"));
    }

    @Test
    void another_priority_counts_from_the_creation() {
        var ticket = open("low");
        patch(ticket, "priority", "urgent");
        due(ticket, 60, 480);
    }

    @Test
    void an_answered_ticket_keeps_the_time_its_answer_was_due() {
        var ticket = open("low");
        desk.admin
                .post("/api/tickets/{id}/messages", Map.of("content", "Hello"), ticket)
                .then()
                .statusCode(201);
        patch(ticket, "priority", "urgent");
        due(ticket, 1_440, 480);
    }

    @Test
    void pending_and_resolved_time_is_not_counted_for_the_resolution() {
        var ticket = open("urgent");
        patch(ticket, "status", "pending").body("sla.pausedSince", notNullValue());
        Sql.superuser()
                .withoutTriggers()
                .run(
                        "update tickets set created_at = created_at - interval '2 hours', paused_since = paused_since - interval '1 hour'"
                                + " where id = '" + ticket + "'");
        patch(ticket, "status", "resolved");
        patch(ticket, "status", "open").body("sla.pausedSince", nullValue());
        assertEquals(
                "t",
                desk.value(
                        ticket,
                        "first_response_due_at = created_at + interval '1 hour' and resolution_due_at = created_at + interval '8 hours'"
                                + " + (select ended_at - started_at from ticket_pauses where ticket_id = tickets.id"
                                + " and ended_at > started_at + interval '1 hour')"));
    }

    @Test
    void new_hours_move_all_open_tickets_in_the_background() {
        var count = 450; // more than two steps
        desk.run(
                "insert into tickets (org_id, title, priority) select '%s', 'Printer', 'urgent' from generate_series(1, %d)"
                        .formatted(desk.org, count));
        Organizations.open(desk.org, "Europe/Berlin", "09:00", "09:30");
        var moved = "select count(*) from tickets where org_id = '%s' and first_response_due_at"
                + " = add_open_time(created_at, '60 minutes') and resolution_due_at = add_open_time(created_at, '480 minutes')";
        assertEquals(0, inOrganization(moved));
        expedite();
        await().atMost(Duration.ofSeconds(20)).until(() -> inOrganization(moved) == count);
        assertEquals(
                "t",
                Sql.superuser()
                        .value("select bool_and(resolution_due_at > created_at + interval '14 days')"
                                + " from tickets where org_id = '" + desk.org + "'"));
        Organizations.put(desk.org, "Europe/Berlin", Map.of(), List.of());
        expedite();
        await().atMost(Duration.ofSeconds(20)).until(() -> inOrganization(moved) == count);
    }

    /** The work waits for transactions that still go by the old hours; here are none. */
    private void expedite() {
        assertEquals(
                1,
                Sql.superuser()
                        .run("update work set next_attempt_at = now() where kind = 'recompute_sla'"
                                + " and state = 'pending' and org_id = '" + desk.org + "'"));
    }

    private long inOrganization(String query) {
        return Sql.superuser().with("app.org_id", desk.org).number(query.formatted(desk.org));
    }

    private UUID open(String priority) {
        return UUID.fromString(desk.admin
                .post("/api/tickets", Map.of("title", "Printer", "priority", priority))
                .then()
                .statusCode(201)
                .body("sla.firstResponseBreached", is(false))
                .extract()
                .path("id"));
    }

    private ValidatableResponse patch(UUID ticket, String field, String value) {
        return desk.admin
                .patch("/api/tickets/{id}", Map.of(field, value), ticket)
                .then()
                .statusCode(200);
    }

    private void due(UUID ticket, int firstResponse, int resolution) {
        var shown = desk.admin
                .get("/api/tickets/{id}", ticket)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        var created = OffsetDateTime.parse(shown.getString("createdAt"));
        var due = new HashMap<String, OffsetDateTime>();
        shown.<String, Object>getMap("sla").forEach((field, value) -> {
            if (field.endsWith("DueAt")) {
                due.put(field, OffsetDateTime.parse(value.toString()));
            }
        });
        assertEquals(
                Map.of(
                        "firstResponseDueAt", created.plusMinutes(firstResponse),
                        "resolutionDueAt", created.plusMinutes(resolution)),
                due);
    }

    private Response put(String priority, int firstResponse, int resolution) {
        return desk.admin.put(PATH + priority, minutes(firstResponse, resolution));
    }

    private static Map<String, Integer> minutes(int firstResponse, int resolution) {
        return Map.of("firstResponseMinutes", firstResponse, "resolutionMinutes", resolution);
    }
}
