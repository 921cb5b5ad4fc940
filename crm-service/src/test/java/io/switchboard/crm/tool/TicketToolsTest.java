package io.switchboard.crm.tool;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.kit.test.PostgresResource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What an assistant opens for the desk, and learns of what is open. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class TicketToolsTest extends ToolCase {
    static final Map<String, String> HEATING = Map.of(
            "phone", PHONE, "title", "No heating", "description", "The boiler is cold since Monday.", "name", "Ada");

    @Test
    void a_ticket_is_opened_and_its_number_said() {
        var opened = result("open_ticket", HEATING)
                .body("result", is("Opened ticket number 1: No heating."))
                .body("data.number", is(1))
                .body("data.status", is("new"))
                .extract();
        ada.get("/api/contacts/" + opened.path("data.contactId"))
                .then()
                .statusCode(200)
                .body("name", is("Ada"))
                .body("phone", is(PHONE));
        ada.get("/api/tickets/" + opened.path("data.ticketId"))
                .then()
                .statusCode(200)
                .body("title", is("No heating"))
                .body("description", is("The boiler is cold since Monday."))
                .body("contactId", is(opened.<String>path("data.contactId")))
                .body("customerId", nullValue());
    }

    @Test
    void without_a_number_a_ticket_is_of_no_contact() {
        var matter = Map.of("title", "No heating", "description", "The boiler is cold.");
        result("open_ticket", matter).body("data.contactId", nullValue());
        result("open_ticket", Map.of("phone", "anonymous", "title", "Again", "description", "Still cold."))
                .body("result", is("Opened ticket number 2: Again."))
                .body("data.contactId", nullValue());
        assertEquals(0, app().number("select count(*) from contacts"));
    }

    @Test
    void the_default_team_takes_it() {
        var team = app().value("insert into teams (org_id, name, is_default) values ('" + acme
                + "', 'Desk', true) returning id");
        var ticket = result("open_ticket", HEATING).extract().<String>path("data.ticketId");
        ada.get("/api/tickets/" + ticket).then().body("assignedTeamId", is(team));
    }

    @Test
    void a_repeated_tool_call_opens_one() {
        var key = UUID.randomUUID().toString();
        var answers = IntStream.range(0, 8)
                .mapToObj(nth -> CompletableFuture.supplyAsync(
                        () -> use("open_ticket", key, HEATING).asString()))
                .toList();
        assertEquals(1, answers.stream().map(CompletableFuture::join).distinct().count());
        assertEquals(1, app().number("select count(*) from tickets"));
        assertEquals(1, app().number("select count(*) from contacts"));
    }

    @Test
    void what_is_missing_is_asked_for() {
        error("open_ticket", Map.of("phone", PHONE, "description", "Cold."))
                .body("error", is("I need a short title for the ticket."));
        error("open_ticket", Map.of("phone", PHONE, "title", "No heating", "description", " "))
                .body("error", is("I need to know what the ticket is about."));
        error("open_ticket", Map.of("title", "x".repeat(201), "description", "Cold."))
                .body("error", containsString("too long"));
        assertEquals(0, app().number("select count(*) from tickets"));
    }

    @Test
    void a_look_up_tells_the_open_tickets() {
        result("lookup_contact", Map.of("phone", PHONE)).body("data.openTickets", empty());
        var first = result("open_ticket", HEATING).extract().<String>path("data.ticketId");
        result("lookup_contact", Map.of("phone", PHONE))
                .body("result", endsWith("Open ticket: number 1, No heating."))
                .body("data.openTickets", hasSize(1))
                .body("data.openTickets[0].ticketId", is(first))
                .body("data.openTickets[0].status", is("new"));
        for (var title : List.of("Wrong bill", "Lost key", "Loud fan")) {
            result("open_ticket", Map.of("phone", PHONE, "title", title, "description", "As said."));
        }
        ada.patch("/api/tickets/" + first, Map.of("status", "resolved")).then().statusCode(200);
        result("open_ticket", Map.of("phone", "+15555550143", "title", "Another's", "description", "As said."));
        result("lookup_contact", Map.of("phone", PHONE))
                .body("result", startsWith("Ada. No appointment is coming up. Open tickets: number 4, Loud fan; "))
                .body("data.openTickets.number", contains(4, 3, 2))
                .body("data.openTickets.title", contains("Loud fan", "Lost key", "Wrong bill"));
    }
}
