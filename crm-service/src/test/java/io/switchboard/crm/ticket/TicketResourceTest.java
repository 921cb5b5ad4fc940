package io.switchboard.crm.ticket;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class TicketResourceTest {
    private static final String TICKETS = "/api/tickets";
    private static final int AT_ONCE = 8;

    final HelpDesk desk = new HelpDesk();
    final Caller agent = desk.agent();
    final Caller customer = desk.customer();

    @Test
    void a_customer_opens_a_ticket_of_its_own() {
        var form = Map.of(
                "title", "No dial tone", "description", "Since noon.", "priority", "high", "tags", List.of("line"));
        customer.post(TICKETS, form)
                .then()
                .statusCode(201)
                .header("ETag", notNullValue())
                .body("number", is(1))
                .body("title", is("No dial tone"))
                .body("description", is("Since noon."))
                .body("status", is("new"))
                .body("priority", is("high"))
                .body("tags", contains("line"))
                .body("customerId", is(customer.id().toString()))
                .body("contactId", nullValue())
                .body("assignedAgentId", nullValue())
                .body("reopenedCount", is(0))
                .body("sla.firstResponseBreached", is(false))
                .body("version", nullValue());
        customer.post(TICKETS, Map.of("title", "Echo"))
                .then()
                .body("number", is(2))
                .body("priority", is("medium"));
    }

    @Test
    void a_customer_sets_no_more_than_that() {
        var foreign = desk.contact();
        for (var field : List.of("contactId", "customerId")) {
            refused(customer, Map.of("title", "Echo", field, foreign), 422, "invalid")
                    .body("errors.field", contains(field));
            refused(customer, Map.of("title", "Echo", field, customer.id()), 422, "invalid");
        }
        refused(customer, Map.of("title", "Echo", "metadata", Map.of("a", 1)), 422, "invalid");
        refused(customer, Map.of("title", "Echo", "status", "open"), 400, "unknown_field");
        refused(customer, Map.of("title", "Echo", "assignedAgentId", agent.id()), 400, "unknown_field");
        customer.get(TICKETS).then().body("items", hasSize(0));
    }

    @Test
    void an_agents_ticket_is_assigned_to_that_agent_and_an_admins_to_nobody() {
        var contact = desk.contact();
        var form = Map.of(
                "title",
                "Call back",
                "contactId",
                contact,
                "customerId",
                customer.id(),
                "metadata",
                Map.of("floor", 3));
        agent.post(TICKETS, form)
                .then()
                .statusCode(201)
                .body("assignedAgentId", is(agent.id().toString()))
                .body("contactId", is(contact.toString()))
                .body("customerId", is(customer.id().toString()))
                .body("metadata.floor", is(3));
        desk.admin.post(TICKETS, Map.of("title", "Move")).then().statusCode(201).body("assignedAgentId", nullValue());
    }

    @Test
    void what_a_ticket_names_must_be_there() {
        var stranger = new HelpDesk();
        refused(desk.admin, Map.of("title", "x", "contactId", UUID.randomUUID()), 422, "invalid")
                .body("errors.field", contains("contactId"));
        refused(desk.admin, Map.of("title", "x", "contactId", stranger.contact()), 422, "invalid");
        var id = open(desk.admin, "x");
        desk.admin
                .patch(TICKETS + "/" + id, Map.of("contactId", stranger.contact()))
                .then()
                .statusCode(422)
                .body("errors.field", contains("contactId"));
        desk.admin
                .patch(TICKETS + "/" + id, Map.of("customerId", customer.id()))
                .then()
                .statusCode(200);
        customer.get(TICKETS + "/" + id).then().statusCode(200);
    }

    @Test
    void texts_and_tags_are_bounded() {
        refused(agent, Map.of("description", "x"), 422, "invalid").body("errors.field", contains("title"));
        refused(agent, Map.of("title", " \u200b"), 422, "invalid");
        refused(agent, Map.of("title", "x".repeat(201)), 422, "invalid");
        refused(agent, Map.of("title", "x", "description", "x".repeat(20_001)), 422, "invalid");
        refused(agent, Map.of("title", "x", "priority", "mild"), 400, "malformed_field");
        refused(
                agent,
                Map.of(
                        "title",
                        "x",
                        "tags",
                        IntStream.range(0, 51).mapToObj(Integer::toString).toList()),
                422,
                "invalid");
        refused(agent, Map.of("title", "x", "tags", List.of("x".repeat(101))), 422, "invalid");
        refused(agent, Map.of("title", "x", "metadata", Map.of("a", "x".repeat(9_000))), 422, "invalid");
        agent.get(TICKETS).then().body("items", hasSize(0));
    }

    @Test
    void a_change_names_what_changes() {
        var id = open(agent, "Ecko");
        var tag = agent.get(TICKETS + "/" + id).header("ETag");
        agent.patch(TICKETS + "/" + id, Map.of("title", "Echo", "priority", "urgent", "tags", List.of("a", "b")))
                .then()
                .statusCode(200)
                .body("title", is("Echo"))
                .body("priority", is("urgent"))
                .body("status", is("new"))
                .body("tags", contains("a", "b"));
        agent.request()
                .contentType("application/merge-patch+json")
                .header("If-Match", tag)
                .body("{\"title\": \"Late\"}")
                .patch(TICKETS + "/" + id)
                .then()
                .statusCode(412);
        agent.patch(TICKETS + "/" + id, Map.of("assignedAgentId", desk.admin.id()))
                .then()
                .statusCode(400);
        var nothing = new HashMap<String, Object>();
        nothing.put("status", null);
        agent.patch(TICKETS + "/" + id, nothing).then().statusCode(422);
        agent.patch(TICKETS + "/" + id, Map.of("status", "waiting")).then().statusCode(400);
        customer.patch(TICKETS + "/" + id, Map.of("title", "Mine")).then().statusCode(403);
        agent.get(TICKETS + "/" + id).then().body("title", is("Echo"));
    }

    @Test
    void who_is_only_its_customer_does_not_change_it_even_as_an_agent() {
        var id = desk.ticket("Chair", agent, null, null);
        agent.get(TICKETS + "/" + id).then().statusCode(200);
        agent.patch(TICKETS + "/" + id, Map.of("priority", "low"))
                .then()
                .statusCode(403)
                .body("type", endsWith("forbidden"));
    }

    @Test
    void a_change_to_what_it_is_writes_nothing() {
        var id = open(agent, "Echo");
        for (int i = 0; i < 3; i++) {
            agent.patch(TICKETS + "/" + id, Map.of("title", "Echo")).then().statusCode(200);
        }
        assertEquals("0", desk.value(UUID.fromString(id), "version"));
    }

    @Test
    void a_repeated_key_opens_one_ticket() {
        for (int i = 0; i < 2; i++) {
            customer.request()
                    .header("Idempotency-Key", "same")
                    .body(Map.of("title", "Once"))
                    .post(TICKETS)
                    .then()
                    .statusCode(201)
                    .body("number", is(1));
        }
        customer.get(TICKETS).then().body("items", hasSize(1));
    }

    /** A busy machine may refuse some: they take no number. */
    @Test
    void numbers_have_no_gaps_however_many_are_opened_at_once() throws Exception {
        var threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Callable<Response>> calls = IntStream.range(0, 5 * AT_ONCE)
                    .<Callable<Response>>mapToObj(
                            i -> () -> (i % 2 == 0 ? customer : agent).post(TICKETS, Map.of("title", "No. " + i)))
                    .toList();
            var numbers = new TreeSet<Long>();
            for (var call : threads.invokeAll(calls)) {
                var answer = call.get();
                if (answer.statusCode() != 503) {
                    Number number = answer.then().statusCode(201).extract().path("number");
                    assertTrue(numbers.add(number.longValue()), "a number of its own");
                }
            }
            assertEquals(
                    LongStream.rangeClosed(1, numbers.size()).boxed().collect(Collectors.toCollection(TreeSet::new)),
                    numbers);
            refused(agent, Map.of("title", "x", "contactId", UUID.randomUUID()), 422, "invalid");
            agent.post(TICKETS, Map.of("title", "Next")).then().body("number", is(numbers.size() + 1));
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void a_contact_that_goes_leaves_its_tickets() {
        var contact = desk.contact();
        String id =
                agent.post(TICKETS, Map.of("title", "x", "contactId", contact)).path("id");
        agent.delete("/api/contacts/" + contact).then().statusCode(204);
        agent.get(TICKETS + "/" + id).then().statusCode(200).body("contactId", nullValue());
        assertEquals(1, Sql.superuser().number("select count(*) from tickets where id = '" + id + "'"));
    }

    private static String open(Caller caller, String title) {
        return caller.post(TICKETS, Map.of("title", title)).path("id");
    }

    private static ValidatableResponse refused(Caller caller, Map<String, ?> form, int status, String type) {
        return caller.post(TICKETS, form).then().statusCode(status).body("type", endsWith(type));
    }
}
