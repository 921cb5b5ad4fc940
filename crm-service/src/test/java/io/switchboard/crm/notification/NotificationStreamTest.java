package io.switchboard.crm.notification;

import static java.time.Duration.ofSeconds;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.crm.Colleagues;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.EventListener;
import io.switchboard.kit.test.PostgresResource;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class NotificationStreamTest {
    private static final String PATH = "/api/notifications/stream";

    final UUID acme = UUID.randomUUID();
    final Caller voice = Caller.service("voice-service", acme);
    final List<EventListener> opened = new ArrayList<>();
    Caller ada;
    Caller eve;

    @BeforeEach
    void join() {
        ada = Colleagues.joined("agent", acme);
        eve = Colleagues.joined("admin", acme);
    }

    @AfterEach
    void hangUp() {
        opened.forEach(EventListener::close);
    }

    @Test
    void a_new_notification_is_sent_as_the_list_shows_it() {
        var stream = open(ada, null);
        notify(ada, "Hello");
        await().until(() -> stream.events().size() == 1);
        var event = stream.events().get(0);
        var listed = new JsonArray(new JsonObject(ada.get("/api/notifications").asString())
                        .getJsonArray("items")
                        .encode())
                .getJsonObject(0);
        assertEquals(listed, event.data());
        assertEquals(listed.getString("id"), event.id());
        assertEquals("system_alert", event.type());
        assertTrue(stream.otherLines().contains("retry: 1000"));
    }

    @Test
    void only_its_user_hears_of_a_notification() {
        var adas = open(ada, null);
        var eves = open(eve, null);
        notify(eve, "For Eve");
        notify(ada, "For Ada");
        await().until(() -> adas.events().size() == 1 && eves.events().size() == 1);
        assertEquals("For Ada", adas.events().get(0).data().getString("title"));
        assertEquals("For Eve", eves.events().get(0).data().getString("title"));
    }

    @Test
    void it_begins_with_what_is_new() {
        notify(ada, "Before");
        var stream = open(ada, null);
        notify(ada, "After");
        await().until(() -> !stream.events().isEmpty());
        assertEquals(
                List.of("After"),
                stream.events().stream().map(e -> e.data().getString("title")).toList());
        for (var garbage : List.of("x", UUID.randomUUID().toString(), "")) {
            var other = open(ada, garbage);
            notify(ada, "After " + garbage);
            await().until(() -> !other.events().isEmpty());
            assertEquals("After " + garbage, other.events().get(0).data().getString("title"));
        }
    }

    @Test
    void it_continues_behind_the_last_event() {
        var first = open(ada, null);
        for (int i = 0; i < 120; i++) {
            notify(ada, "No " + i);
        }
        await().until(() -> first.events().size() == 120);
        var again = open(ada, first.ids().get(0));
        await().until(() -> again.events().size() >= 120);
        assertEquals(
                first.ids(),
                again.ids().subList(again.ids().size() - 120, again.ids().size()));
        notify(ada, "Last");
        await().until(() -> again.events()
                .get(again.events().size() - 1)
                .data()
                .getString("title")
                .equals("Last"));
        assertEquals(121, again.ids().size());
    }

    private EventListener open(Caller caller, String lastEventId) {
        var stream = EventListener.open(PATH, caller.token(), lastEventId);
        opened.add(stream);
        await().atMost(ofSeconds(10)).until(() -> stream.status() > 0);
        assertEquals(200, stream.status());
        return stream;
    }

    private void notify(Caller person, String title) {
        var form = Map.of(
                "audience",
                Map.of("userId", person.id()),
                "type",
                "system_alert",
                "title",
                title,
                "message",
                "See to it.");
        voice.post("/internal/notifications", form).then().statusCode(200).body("created", is(1));
    }
}
