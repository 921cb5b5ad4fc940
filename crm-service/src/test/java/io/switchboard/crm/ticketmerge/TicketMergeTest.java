package io.switchboard.crm.ticketmerge;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.switchboard.crm.ticket.HelpDesk;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class TicketMergeTest {
    HelpDesk desk;
    Caller admin;
    Caller agent;
    Caller customer;

    @BeforeEach
    void open() {
        desk = new HelpDesk();
        admin = desk.admin;
        agent = desk.agent();
        customer = desk.customer();
    }

    @Test
    void the_duplicate_is_closed_and_its_messages_move() {
        var ticket = desk.ticket("No heating", customer, agent, null);
        var duplicate = desk.ticket("Still no heating", customer, agent, null);
        send(customer, duplicate, "It is cold.");
        send(customer, ticket, "Are you there?");
        agent.post(messages(duplicate), Map.of("content", "Boiler 7", "internal", true));

        merge(agent, ticket, duplicate)
                .then()
                .statusCode(200)
                .body("id", is(ticket.toString()))
                .body("status", is("open"));

        agent.get(messages(ticket)).then().body("items.content", contains("It is cold.", "Are you there?", "Boiler 7"));
        customer.get(messages(ticket)).then().body("items.content", contains("It is cold.", "Are you there?"));
        customer.get(messages(duplicate)).then().body("items", empty());
        customer.get(path(duplicate))
                .then()
                .body("status", is("closed"))
                .body("closedAt", notNullValue())
                .body("title", is("Still no heating"))
                .body("mergedIntoId", is(ticket.toString()));
    }

    @Test
    void later_answers_to_the_duplicate_go_to_the_ticket() {
        var ticket = desk.ticket("No heating", customer, agent, null);
        var duplicate = desk.ticket("Still no heating", customer, agent, null);
        merge(admin, ticket, duplicate).then().statusCode(200);
        desk.set(ticket, "status = 'pending'");

        send(customer, duplicate, "It works again.").then().body("ticketId", is(ticket.toString()));
        send(agent, duplicate, "Good.").then().body("ticketId", is(ticket.toString()));

        admin.get(messages(ticket)).then().body("items.content", contains("It works again.", "Good."));
        admin.get(path(ticket)).then().body("status", is("open"));
        admin.get(path(duplicate)).then().body("status", is("closed"));
        agent.get("/api/notifications").then().body("items.relatedId", contains(ticket.toString()));
    }

    /** Of a merge that comes between, a message is told in its ticket or in the other one. */
    @Test
    void no_message_is_lost_while_tickets_are_merged() {
        for (int round = 0; round < 5; round++) {
            var ticket = desk.ticket("No heating", customer, null, null);
            var duplicate = desk.ticket("Still no heating", customer, null, null);
            var merged = CompletableFuture.supplyAsync(() -> merge(admin, ticket, duplicate));
            var sent = IntStream.range(0, 6)
                    .mapToObj(nth -> CompletableFuture.supplyAsync(
                            () -> send(customer, duplicate, "Message " + nth).statusCode()))
                    .toList();
            merged.join().then().statusCode(200);
            assertEquals(
                    Set.of(201),
                    Set.copyOf(sent.stream().map(CompletableFuture::join).toList()));
            admin.get(messages(ticket)).then().body("items.size()", is(6));
        }
    }

    @Test
    void a_ticket_without_a_customer_or_contact_gets_the_duplicate_s() {
        var contact = desk.contact();
        var ticket = desk.ticket("A call", null, null, null);
        var duplicate = desk.ticket("No heating", customer, null, null);
        desk.set(duplicate, "contact_id = '" + contact + "'");
        merge(admin, ticket, duplicate)
                .then()
                .statusCode(200)
                .body("customerId", is(customer.id().toString()))
                .body("contactId", is(contact.toString()));
        customer.get(path(ticket)).then().statusCode(200);
    }

    @Test
    void an_answer_to_the_duplicate_answers_the_ticket() {
        var ticket = admin.post("/api/tickets", Map.of("title", "No heating")).<String>path("id");
        var duplicate = desk.ticket("Still no heating", null, null, null);
        send(admin, duplicate, "We come at ten.");
        merge(admin, UUID.fromString(ticket), duplicate)
                .then()
                .body("status", is("open"))
                .body("firstRespondedAt", notNullValue());
    }

    @Test
    void another_customer_s_messages_stay_where_they_are() {
        var ticket = desk.ticket("No heating", customer, null, null);
        var other = desk.ticket("No heating", desk.customer(), null, null);
        send(admin, other, "Your door code is 7.");
        merge(admin, ticket, other).then().statusCode(409).body("type", endsWith("customers_differ"));
        admin.get(messages(ticket)).then().body("items", empty());
        admin.get(path(other)).then().body("status", is("open"));
    }

    @Test
    void there_are_no_chains() {
        var first = desk.ticket("First", customer, null, null);
        var second = desk.ticket("Second", customer, null, null);
        var third = desk.ticket("Third", customer, null, null);
        send(customer, first, "One");
        send(customer, second, "Two");
        merge(admin, second, first).then().statusCode(200);
        merge(admin, third, second).then().statusCode(200);
        send(customer, first, "Three").then().body("ticketId", is(third.toString()));
        admin.get(messages(third)).then().body("items.content", contains("One", "Two", "Three"));
        admin.get(path(first)).then().body("mergedIntoId", is(third.toString()));
        for (var pair : List.of(List.of(third, first), List.of(first, third), List.of(second, third))) {
            merge(admin, pair.get(0), pair.get(1)).then().statusCode(409).body("type", endsWith("ticket_merged"));
        }
    }

    @Test
    void a_merged_ticket_stays_closed() {
        var ticket = desk.ticket("No heating", customer, agent, null);
        var duplicate = desk.ticket("Still no heating", customer, agent, null);
        merge(admin, ticket, duplicate);
        for (var status : List.of("open", "pending", "resolved")) {
            agent.patch(path(duplicate), Map.of("status", status))
                    .then()
                    .statusCode(409)
                    .body("type", endsWith("ticket_merged"));
        }
        agent.patch(path(duplicate), Map.of("priority", "low")).then().statusCode(200);
    }

    @Test
    void a_merge_needs_two_tickets_that_the_caller_may_change() {
        var ticket = desk.ticket("No heating", customer, agent, null);
        var unseen = desk.ticket("Still no heating", customer, null, null);
        var foreign = new HelpDesk().ticket("Elsewhere", null, null, null);
        for (var hidden : List.of(unseen, foreign, UUID.randomUUID())) {
            merge(agent, hidden, ticket).then().statusCode(404).body("type", endsWith("ticket_not_found"));
            merge(agent, ticket, hidden).then().statusCode(422).body("errors.field", contains("duplicateId"));
        }
        merge(agent, ticket, ticket).then().statusCode(409).body("type", endsWith("same_ticket"));
        merge(customer, ticket, unseen).then().statusCode(403);
        var own = desk.ticket("My desk lamp", agent, null, null);
        merge(agent, own, ticket).then().statusCode(403);
        merge(agent, ticket, own).then().statusCode(422).body("errors.field", contains("duplicateId"));
        agent.post(path(ticket) + "/merge", Map.of()).then().statusCode(422);
        admin.get(path(unseen)).then().body("status", is("open"));
    }

    @Test
    void an_answer_by_one_who_does_not_see_the_ticket_is_refused() {
        var ticket = desk.ticket("No heating", null, null, null);
        var duplicate = desk.ticket("Still no heating", null, agent, null);
        merge(admin, ticket, duplicate);
        agent.post(messages(duplicate), Map.of("content", "Hello?"))
                .then()
                .statusCode(409)
                .body("type", endsWith("ticket_merged"));
    }

    @Test
    void merges_that_cross_each_other_leave_one_ticket() {
        for (int round = 0; round < 5; round++) {
            var ids = IntStream.range(0, 3)
                    .mapToObj(nth -> desk.ticket("No heating", customer, null, null))
                    .toList();
            ids.forEach(id -> send(customer, id, "Hello"));
            var answers = new ArrayList<CompletableFuture<Integer>>();
            for (var one : ids) {
                for (var other : ids) {
                    if (!one.equals(other)) {
                        answers.add(CompletableFuture.supplyAsync(
                                () -> merge(admin, one, other).statusCode()));
                    }
                }
            }
            var statuses = answers.stream().map(CompletableFuture::join).toList();
            assertTrue(Set.of(200, 409).containsAll(statuses), statuses::toString);
            var left = Sql.superuser()
                    .column("select id from tickets where merged_into_id is null and id in ('" + ids.get(0) + "', '"
                            + ids.get(1) + "', '" + ids.get(2) + "')");
            assertEquals(1, left.size());
            assertEquals(
                    3, Sql.superuser().number("select count(*) from messages where ticket_id = '" + left.get(0) + "'"));
        }
    }

    private static Response merge(Caller caller, UUID ticket, UUID duplicate) {
        return caller.post(path(ticket) + "/merge", Map.of("duplicateId", duplicate));
    }

    private static Response send(Caller sender, UUID ticket, String content) {
        return sender.post(messages(ticket), Map.of("content", content));
    }

    private static String path(UUID ticket) {
        return "/api/tickets/" + ticket;
    }

    private static String messages(UUID ticket) {
        return path(ticket) + "/messages";
    }
}
