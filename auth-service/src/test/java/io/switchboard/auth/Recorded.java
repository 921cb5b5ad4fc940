package io.switchboard.auth;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;

/** What the other services were sent. */
public final class Recorded {
    private static final long PATIENCE_MILLIS = 10_000;

    private Recorded() {}

    /** An organization's audit events of an action, once there are so many. */
    public static List<JsonObject> events(int count, UUID orgId, String action) {
        return events(
                count,
                event -> event.getString("orgId").equals(orgId.toString())
                        && event.getString("action").equals(action));
    }

    /** The audit events that are so, once there are so many. */
    public static List<JsonObject> events(int count, Predicate<JsonObject> which) {
        return awaited(count, () -> calls("/api/audit/events")
                .flatMap(call -> new JsonArray(call.getString("body")).stream().map(JsonObject.class::cast))
                .filter(which));
    }

    /** Calls of a path, once there are so many. */
    public static List<JsonObject> calls(int count, String path, Predicate<JsonObject> which) {
        return awaited(count, () -> calls(path).filter(which));
    }

    private static Stream<JsonObject> calls(String path) {
        var neighbours = ConfigProvider.getConfig().getValue("switchboard.test.neighbours", String.class);
        var answer = given().baseUri(neighbours)
                .queryParam("path", path)
                .get("/recorded")
                .asString();
        return new JsonArray(answer).stream().map(JsonObject.class::cast);
    }

    private static List<JsonObject> awaited(int count, java.util.function.Supplier<Stream<JsonObject>> found) {
        var until = System.currentTimeMillis() + PATIENCE_MILLIS;
        var items = found.get().toList();
        while (items.size() < count && System.currentTimeMillis() < until) {
            pause();
            items = found.get().toList();
        }
        assertTrue(items.size() >= count, "only " + items.size() + " of " + count + ": " + items);
        return items;
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
