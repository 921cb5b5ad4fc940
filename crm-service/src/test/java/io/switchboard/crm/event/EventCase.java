package io.switchboard.crm.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.switchboard.crm.Colleagues;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PeerRequests;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;

/** Changes things of an organization whose events are wanted, and looks at what voice-service was told. */
abstract class EventCase {
    static final String EVENTS = "/internal/events";

    final UUID org = UUID.randomUUID();
    Caller acme;

    @BeforeEach
    void join() {
        acme = Colleagues.joined("admin", org);
    }

    void want(String... types) {
        want(1, types);
    }

    void want(long version, String... types) {
        Caller.service("voice-service", org)
                .put("/internal/wanted-events", Map.of("types", List.of(types), "version", version))
                .then()
                .statusCode(204);
    }

    /** The events that name the id, in the order of their times, once there are so many. */
    static List<JsonObject> events(int count, String id) {
        return PeerRequests.await(count, EVENTS, sent -> sent.getString("body").contains(id)).stream()
                .map(sent -> new JsonObject(sent.getString("body")))
                .sorted(Comparator.comparing(event -> event.getInstant("occurredAt")))
                .toList();
    }

    static List<String> types(List<JsonObject> events) {
        return events.stream().map(event -> event.getString("type")).toList();
    }

    JsonObject shown(String path) {
        return new JsonObject(
                acme.get(path).then().statusCode(200).extract().body().asString());
    }

    /** As the API shows it now. */
    void assertShows(String path, JsonObject event) {
        assertEquals(shown(path), event.getJsonObject("data"));
    }
}
