package io.switchboard.crm.contactimport;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.EventListener;
import io.switchboard.kit.test.PostgresResource;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ImportStreamTest extends ImportCase {
    @Test
    void an_import_is_followed_to_its_end() {
        var file = new StringBuilder("phone\n");
        for (int i = 0; i < 4000; i++) {
            file.append("+1%010d\n".formatted(2_125_000_000L + i));
        }
        String id = send(acme, "", file.toString()).path("id");
        try (var stream = EventListener.open("/api/contacts/imports/" + id + "/events", acme.token())) {
            await().atMost(LONG).until(() -> stream.events().stream()
                    .anyMatch(event -> event.type().equals("completed")));
            var events = stream.events();
            var last = events.get(events.size() - 1);
            assertEquals("completed", last.type());
            assertEquals(4000, last.data().getInteger("created"));
            assertEquals(id, last.data().getString("id"));
            assertTrue(events.stream().limit(events.size() - 1).allMatch(event -> event.type()
                    .equals("progress")));
        }
    }

    @Test
    void a_finished_import_is_its_only_event() {
        var id = imported("phone\n+15555550142\n").getString("id");
        try (var stream = EventListener.open("/api/contacts/imports/" + id + "/events", acme.token())) {
            await().until(() -> stream.events().size() == 1);
            assertEquals("completed", stream.events().get(0).type());
        }
    }

    @Test
    void imports_of_others_are_not_found() {
        var id = imported("phone\n+15555550142\n").getString("id");
        Caller.agentOfNewOrg()
                .get("/api/contacts/imports/" + id + "/events")
                .then()
                .statusCode(404);
        acme.get("/api/contacts/imports/" + UUID.randomUUID() + "/events")
                .then()
                .statusCode(404);
        acme.get("/api/contacts/imports/x/events").then().statusCode(404);
    }
}
