package io.switchboard.auth;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;

/** What the other services were sent. */
public final class Recorded {
    private Recorded() {}

    /** An organization's audit events of an action, once there are so many. */
    public static List<JsonObject> events(int count, UUID orgId, String action) {
        return awaited(count, () -> events(orgId, action));
    }

    /** The first of an organization's audit events of an action that fits, once there is one. */
    public static JsonObject event(UUID orgId, String action, Predicate<JsonObject> which) {
        return awaited(1, () -> events(orgId, action).filter(which)).get(0);
    }

    /** The audit events that are so, once there are so many. */
    public static List<JsonObject> events(int count, Predicate<JsonObject> which) {
        return awaited(count, () -> events().filter(which));
    }

    /** Calls of a path, once there are so many. */
    public static List<JsonObject> calls(int count, String path, Predicate<JsonObject> which) {
        return awaited(count, () -> calls(path).filter(which));
    }

    private static Stream<JsonObject> events(UUID orgId, String action) {
        return events().filter(event -> event.getString("orgId").equals(orgId.toString())
                && event.getString("action").equals(action));
    }

    private static Stream<JsonObject> events() {
        return calls("/api/audit/events")
                .flatMap(call -> new JsonArray(call.getString("body")).stream().map(JsonObject.class::cast));
    }

    private static Stream<JsonObject> calls(String path) {
        var neighbours = ConfigProvider.getConfig().getValue("switchboard.test.neighbours", String.class);
        var answer = given().baseUri(neighbours)
                .queryParam("path", path)
                .get("/recorded")
                .asString();
        return new JsonArray(answer).stream().map(JsonObject.class::cast);
    }

    private static List<JsonObject> awaited(int count, Supplier<Stream<JsonObject>> found) {
        return await().until(() -> found.get().toList(), items -> items.size() >= count);
    }
}
