package io.switchboard.crm.ticket;

import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.endsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class TicketListTest {
    private static final String TICKETS = "/api/tickets";

    final HelpDesk desk = new HelpDesk();
    final Caller agent = desk.agent();
    final Caller customer = desk.customer();

    @Test
    void a_list_shows_each_ticket_once_page_by_page() {
        var teams = List.of(desk.team(agent), desk.team(agent), desk.team());
        var expected = new HashSet<String>();
        for (int i = 0; i < 24; i++) {
            var team = i % 4 == 3 ? null : teams.get(i % 4);
            var mine = i % 3 == 0;
            var id = desk.ticket("No. " + i, i % 5 == 0 ? agent : null, mine ? agent : null, team);
            if (mine || i % 5 == 0 || i % 4 < 2) {
                expected.add(id.toString());
            }
        }
        var seen = new HashSet<String>();
        String cursor = "";
        do {
            var page = agent.get(TICKETS + "?limit=5&cursor=" + cursor)
                    .then()
                    .statusCode(200)
                    .extract();
            page.<List<String>>path("items.id").forEach(id -> assertTrue(seen.add(id), "once"));
            cursor = page.path("nextCursor");
        } while (cursor != null);
        assertEquals(expected, seen);
    }

    @Test
    void filters_combine() {
        var team = desk.team(agent);
        var one = desk.ticket("Broken hinges", customer, agent, team);
        var two = desk.ticket("Loose hinge", customer, null, team);
        var three = desk.ticket("Door", null, agent, null);
        desk.set(one, "priority = 'urgent', tags = array['door', 'oil']");
        desk.set(two, "status = 'pending', tags = array['door']");
        desk.set(three, "status = 'closed', contact_id = '%s'".formatted(desk.contact()));
        var contact = desk.value(three, "contact_id");

        for (var caller : List.of(agent, desk.admin)) {
            found(caller, "?status=open", one);
            found(caller, "?status=pending&assignedTeamId=" + team, two);
            found(caller, "?priority=medium", two, three);
            found(caller, "?assignedAgentId=" + agent.id(), one, three);
            found(caller, "?assignedAgentId=" + agent.id() + "&assignedTeamId=" + team, one);
            found(caller, "?assignedAgentId=" + desk.admin.id());
            found(caller, "?assignedTeamId=" + team, one, two);
            found(caller, "?tag=door", one, two);
            found(caller, "?tag=oil&status=open", one);
            found(caller, "?customerId=" + customer.id(), one, two);
            found(caller, "?contactId=" + contact, three);
            found(caller, "?number=" + desk.value(two, "number"), two);
            found(caller, "?number=0");
            found(caller, "?q=hinge", one, two);
            found(caller, "?q=hinge -loose", one);
            found(caller, "?q=\"broken hinge\"&status=pending");
            found(caller, "?status=&q=&number=", one, two, three);
        }
        for (var filter :
                List.of("status=done", "priority=1", "number=-1", "number=1234567890123456789", "customerId=me")) {
            agent.get(TICKETS + "?" + filter).then().statusCode(400).body("type", endsWith("invalid_filter"));
        }
    }

    private static void found(Caller caller, String filter, UUID... ids) {
        var wanted = List.of(ids).stream().map(UUID::toString).toArray(String[]::new);
        caller.get(TICKETS + filter).then().statusCode(200).body("items.id", containsInAnyOrder(wanted));
    }
}
