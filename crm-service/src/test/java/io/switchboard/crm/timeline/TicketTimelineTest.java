package io.switchboard.crm.timeline;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.crm.ticket.HelpDesk;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class TicketTimelineTest {
    HelpDesk desk;
    Caller agent;
    UUID ada;

    @BeforeEach
    void open() {
        desk = new HelpDesk();
        agent = desk.agent();
        ada = desk.contact();
    }

    @Test
    void a_ticket_stands_at_the_time_it_was_opened() {
        ticket("No heating", null, 3);
        note(2);
        var newest = ticket("Wrong bill", agent, 1);
        timeline(desk.admin, "")
                .then()
                .statusCode(200)
                .body("items.kind", contains("ticket", "note", "ticket"))
                .body("items.title", contains("Wrong bill", "Note", "No heating"))
                .body("items[0].id", is(newest.toString()))
                .body("items[0].at", is("2026-06-01T11:59:00Z"))
                .body("items[0].data.status", is("open"))
                .body("items[0].data.priority", is("medium"))
                .body("items[0].data.number", is(2))
                .body("items[0].data.assignedAgentId", is(agent.id().toString()));
    }

    @Test
    void an_agent_sees_only_tickets_of_its_own() {
        ticket("No heating", null, 2);
        ticket("Wrong bill", agent, 1);
        timeline(agent, "").then().body("items.title", contains("Wrong bill"));
        timeline(desk.agent(), "").then().body("items.size()", is(0));
    }

    @Test
    void pages_have_everything_once() {
        IntStream.range(0, 7).forEach(n -> ticket("Ticket " + n, n % 2 == 0 ? agent : null, n / 2));
        IntStream.range(0, 5).forEach(n -> note(n / 2));
        for (var caller : List.of(desk.admin, agent)) {
            List<String> whole = timeline(caller, "?limit=200").path("items.id");
            assertEquals(caller == agent ? 9 : 12, whole.size());
            for (int limit : List.of(1, 2, 5)) {
                assertEquals(whole, walk(caller, limit), "pages of " + limit);
            }
        }
    }

    private List<String> walk(Caller caller, int limit) {
        var seen = new ArrayList<String>();
        String cursor = "";
        do {
            var page = timeline(caller, "?limit=" + limit + "&cursor=" + cursor);
            seen.addAll(page.path("items.id"));
            cursor = page.path("nextCursor");
        } while (cursor != null && seen.size() < 100);
        return seen;
    }

    private UUID ticket(String title, Caller assigned, int minutesAgo) {
        var ticket = desk.ticket(title, null, assigned, null);
        desk.set(ticket, "contact_id = '" + ada + "', created_at = " + noon(minutesAgo));
        return ticket;
    }

    private void note(int minutesAgo) {
        desk.run("insert into contact_notes (org_id, contact_id, content, created_at) values ('" + desk.org + "', '"
                + ada + "', 'Called.', " + noon(minutesAgo) + ")");
    }

    private static String noon(int minutesAgo) {
        return "timestamptz '2026-06-01T12:00:00Z' - interval '" + minutesAgo + " minutes'";
    }

    private io.restassured.response.Response timeline(Caller caller, String query) {
        return caller.get("/api/contacts/" + ada + "/timeline" + query);
    }
}
