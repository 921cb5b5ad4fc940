package io.switchboard.crm.contacterasure;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.crm.ticket.HelpDesk;
import io.switchboard.kit.test.AuditTrail;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.CanarySearch;
import io.switchboard.kit.test.PeerRequests;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class TicketErasureTest {
    final String tag = String.valueOf(ThreadLocalRandom.current().nextInt(100_000, 1_000_000));
    final String canary = "canary" + tag;
    final String title = canary + "-title";

    HelpDesk desk;
    Caller admin;
    Caller customer;
    String ada;

    @BeforeEach
    void join() {
        desk = new HelpDesk();
        admin = desk.admin;
        customer = desk.customer();
        ada = desk.contact().toString();
    }

    @Test
    void nothing_that_a_person_s_tickets_say_is_left() {
        var ticket = open(ada, title);
        talk(ticket);
        var traces = CanarySearch.find(canary);
        for (var column : List.of(
                "messages.content", "tickets.title", "tickets.description", "tickets.tags", "tickets.metadata")) {
            assertTrue(traces.contains(column + ": " + canary), () -> column + " in " + traces);
        }
        assertTrue(
                Sql.superuser().number("select count(*) from notifications where related_id = '" + ticket + "'") > 0);
        var unsent = "select count(*) from outbox where destination = 'audit-service' and org_id = '" + desk.org + "'";
        await().until(() -> Sql.superuser().number(unsent) == 0);
        var before = new HashSet<>(AuditTrail.of(desk.org));

        erase(ada);

        assertEquals(List.of(), CanarySearch.find(canary));
        AuditTrail.await(desk.org, "contact_erased", any -> true);
        var since = AuditTrail.of(desk.org).stream()
                .filter(event -> !before.contains(event))
                .toList();
        assertFalse(since.isEmpty());
        assertFalse(since.toString().contains(canary), since::toString);
        assertEquals(
                0, Sql.superuser().number("select count(*) from notifications where related_id = '" + ticket + "'"));
    }

    @Test
    void the_rows_stay_with_their_figures() {
        var ticket = open(ada, title);
        talk(ticket);
        erase(ada);
        admin.get("/api/tickets/" + ticket)
                .then()
                .statusCode(200)
                .body("number", is(1))
                .body("title", is("Erased"))
                .body("description", nullValue())
                .body("tags", empty())
                .body("metadata", is(Map.of()))
                .body("status", is("closed"))
                .body("contactId", nullValue())
                .body("firstRespondedAt", not(nullValue()));
        admin.get("/api/tickets/" + ticket + "/messages")
                .then()
                .body("items.type", contains("customer", "agent", "agent"))
                .body("items.content", everyItem(is("Erased")));
    }

    @Test
    void what_was_merged_goes_with_the_person_who_wrote_it() {
        var bob = desk.contact().toString();
        var ticket = open(ada, "Ada's");
        var duplicate = open(bob, title);
        send(admin, ticket, "To Ada");
        send(admin, duplicate, "To Bob");
        admin.post("/api/tickets/" + ticket + "/merge", Map.of("duplicateId", duplicate))
                .then()
                .statusCode(200);
        send(admin, duplicate, "To Bob again");

        erase(bob);

        admin.get("/api/tickets/" + ticket)
                .then()
                .body("title", is("Ada's"))
                .body("status", is("open"))
                .body("contactId", is(ada));
        admin.get("/api/tickets/" + ticket + "/messages")
                .then()
                .body("items.content", contains("To Ada", "Erased", "Erased"));
        admin.get("/api/tickets/" + duplicate).then().body("title", is("Erased"));
    }

    @Test
    void another_person_s_tickets_stay() {
        var bob = desk.contact().toString();
        var ticket = open(bob, "Bob's");
        send(customer, ticket, "From Bob");
        erase(ada);
        admin.get("/api/tickets/" + ticket).then().body("title", is("Bob's")).body("contactId", is(bob));
        admin.get("/api/tickets/" + ticket + "/messages").then().body("items.content", contains("From Bob"));
    }

    @Test
    void subscribers_are_told_of_the_erasure_alone() {
        Caller.service("voice-service", desk.org)
                .put(
                        "/internal/wanted-events",
                        Map.of("types", List.of("ticket.created", "ticket.updated", "contact.erased"), "version", 1));
        var ticket = open(ada, title);
        PeerRequests.await(1, "/internal/events", sent -> sent.getString("body").contains(ticket));
        erase(ada);
        PeerRequests.await(
                1,
                "/internal/events",
                sent -> sent.getString("body").contains("contact.erased")
                        && sent.getString("body").contains(ada));
        assertEquals(
                1,
                PeerRequests.to("/internal/events").stream()
                        .filter(sent -> sent.getString("body").contains(ticket))
                        .count());
    }

    /** Of a contact and a customer; by a POST with a key, whose answer is kept. */
    private String open(String contact, String title) {
        var form = Map.of(
                "title",
                title,
                "description",
                canary + "-description",
                "contactId",
                contact,
                "customerId",
                customer.id(),
                "tags",
                List.of(canary + "-tag"),
                "metadata",
                Map.of("k", canary + "-field"));
        return admin.request()
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .body(form)
                .post("/api/tickets")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private void talk(String ticket) {
        send(customer, ticket, canary + "-question");
        send(admin, ticket, canary + "-answer");
        admin.post("/api/tickets/" + ticket + "/messages", Map.of("content", canary + "-remark", "internal", true))
                .then()
                .statusCode(201);
    }

    private static void send(Caller sender, String ticket, String content) {
        sender.post("/api/tickets/" + ticket + "/messages", Map.of("content", content))
                .then()
                .statusCode(201);
    }

    private void erase(String contact) {
        admin.post("/api/contacts/" + contact + "/erase", Map.of()).then().statusCode(202);
    }
}
