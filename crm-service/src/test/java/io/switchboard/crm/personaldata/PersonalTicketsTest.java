package io.switchboard.crm.personaldata;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.switchboard.crm.ticket.HelpDesk;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PeerRequests;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class PersonalTicketsTest {
    HelpDesk desk;
    Caller admin;
    UUID ada;
    UUID bob;

    @BeforeEach
    void open() {
        desk = new HelpDesk();
        admin = desk.admin;
        ada = desk.contact();
        bob = desk.contact();
        PeerRequests.answer("/internal/calls", 200, "{\"items\": [], \"nextCursor\": null}");
    }

    @Test
    void an_export_has_tickets_with_all_messages() {
        var agent = desk.agent();
        var customer = desk.customer();
        var ticket = ticket("No heating", ada, customer, agent);
        ticket("Wrong bill", ada, null, null);
        ticket("Loud fan", bob, null, null);
        send(customer, ticket, false, "It is cold.");
        send(agent, ticket, false, "We come at ten.");
        send(agent, ticket, true, "She sounds upset.");
        export(ada)
                .body("tickets.title", contains("Wrong bill", "No heating"))
                .body("tickets[0].messages", empty())
                .body("tickets[1].status", is("open"))
                .body("tickets[1].messages.content", contains("She sounds upset.", "We come at ten.", "It is cold."))
                .body("tickets[1].messages.type", contains("agent", "agent", "customer"))
                .body("tickets[1].messages.internal", contains(true, false, false))
                .body("notifications.message", hasItem("It is cold."))
                .body("incomplete", empty());
    }

    @Test
    void a_message_is_shown_with_the_ticket_it_was_written_to() {
        var ticket = ticket("Wrong bill", ada, null, null);
        var duplicate = ticket("Loud fan", bob, null, null);
        send(admin, ticket, false, "To Ada");
        send(admin, duplicate, false, "To Bob");
        admin.post("/api/tickets/" + ticket + "/merge", Map.of("duplicateId", duplicate))
                .then()
                .statusCode(200);
        export(ada).body("tickets.messages.content.flatten()", contains("To Ada"));
        export(bob).body("tickets.messages.content.flatten()", contains("To Bob"));
    }

    @Test
    void an_export_says_that_there_is_more() {
        var ticket = ticket("No heating", ada, null, null);
        Sql.superuser()
                .withoutTriggers()
                .run("insert into messages (org_id, ticket_id, type, content) select '" + desk.org + "', '" + ticket
                        + "', 'ai', 'Message ' || n from generate_series(1, 1001) n");
        export(ada).body("tickets[0].messages", hasSize(1_000)).body("incomplete", contains("messages"));
    }

    private UUID ticket(String title, UUID contact, Caller customer, Caller agent) {
        var ticket = desk.ticket(title, customer, agent, null);
        desk.set(ticket, "contact_id = '" + contact + "'");
        return ticket;
    }

    private static void send(Caller sender, UUID ticket, boolean internal, String content) {
        sender.post("/api/tickets/" + ticket + "/messages", Map.of("content", content, "internal", internal))
                .then()
                .statusCode(201);
    }

    private ValidatableResponse export(UUID contact) {
        return admin.get("/api/contacts/" + contact + "/personal-data").then().statusCode(200);
    }
}
