package io.switchboard.crm.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.crm.Colleagues;
import io.switchboard.kit.test.PostgresResource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class TicketEventsTest extends EventCase {
    @BeforeEach
    void subscribe() {
        want("ticket.created", "ticket.updated");
    }

    @Test
    void each_change_is_told_as_the_api_shows_it() {
        var id = open();
        assertShows(path(id), events(1, id).get(0));
        patch(id, Map.of("priority", "urgent"));
        assertShows(path(id), events(2, id).get(1));
        patch(id, Map.of("tags", List.of("heating"), "metadata", Map.of("floor", 3)));
        assertShows(path(id), events(3, id).get(2));
        acme.post(path(id) + "/messages", Map.of("content", "We come at ten."));
        assertShows(path(id), events(4, id).get(3));
        patch(id, Map.of("status", "resolved"));
        var events = events(5, id);
        assertShows(path(id), events.get(4));
        assertEquals(
                List.of("ticket.created", "ticket.updated", "ticket.updated", "ticket.updated", "ticket.updated"),
                types(events));
    }

    @Test
    void a_merge_changes_the_duplicate() {
        var id = open();
        var duplicate = open();
        events(1, duplicate);
        acme.post(path(id) + "/merge", Map.of("duplicateId", duplicate)).then().statusCode(200);
        var told = events(2, duplicate).get(1);
        assertEquals("ticket.updated", told.getString("type"));
        assertShows(path(duplicate), told);
    }

    @Test
    void what_changes_nothing_of_the_ticket_is_no_event() {
        var id = open();
        patch(id, Map.of("status", "open"));
        patch(id, Map.of("status", "open"));
        acme.post(path(id) + "/messages", Map.of("content", "A remark", "internal", true));
        patch(id, Map.of("priority", "low"));
        assertEquals(List.of("ticket.created", "ticket.updated", "ticket.updated"), types(events(3, id)));
    }

    @Test
    void without_a_subscription_there_is_no_event() {
        want(2, "contact.created");
        var unwanted = open();
        want(3, "ticket.created");
        var wanted = open();
        assertEquals(List.of("ticket.created"), types(events(1, wanted)));
        assertEquals(Collections.emptyList(), events(0, unwanted));
    }

    @Test
    void a_customer_s_ticket_is_told_too() {
        var id = Colleagues.joined("customer", org)
                .post("/api/tickets", Map.of("title", "No heating"))
                .then()
                .statusCode(201)
                .extract()
                .<String>path("id");
        assertShows(path(id), events(1, id).get(0));
    }

    private String open() {
        return acme.post("/api/tickets", Map.of("title", "No heating", "description", "It is cold."))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private void patch(String id, Map<String, ?> change) {
        acme.patch(path(id), change).then().statusCode(200);
    }

    private static String path(String id) {
        return "/api/tickets/" + id;
    }
}
