package io.switchboard.kit.test;

import static java.time.Duration.ofSeconds;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** The audit events that the service under test has delivered, in the order in which they came. */
public final class AuditTrail {
    private static final String EVENTS = "/api/audit/events";

    private AuditTrail() {}

    public static List<JsonObject> of(UUID orgId) {
        return events(orgId.toString()).filter(is(orgId, null)).toList();
    }

    public static List<JsonObject> of(UUID orgId, String action) {
        return events(orgId.toString()).filter(is(orgId, action)).toList();
    }

    /** Waits until there are so many. */
    public static List<JsonObject> await(int count, UUID orgId) {
        return await(count, orgId.toString(), is(orgId, null));
    }

    /** Waits until there are so many of the action. */
    public static List<JsonObject> await(int count, UUID orgId, String action) {
        return await(count, orgId.toString(), is(orgId, action));
    }

    /** Waits for the first event of the action that fits. */
    public static JsonObject await(UUID orgId, String action, Predicate<JsonObject> which) {
        return await(1, orgId.toString(), is(orgId, action).and(which)).get(0);
    }

    /** Waits until so many fit, of whatever organization. */
    public static List<JsonObject> await(int count, Predicate<JsonObject> which) {
        return await(count, "", which);
    }

    private static List<JsonObject> await(int count, String containing, Predicate<JsonObject> which) {
        return Awaitility.await()
                .atMost(ofSeconds(20))
                .until(() -> events(containing).filter(which).toList(), found -> found.size() >= count);
    }

    private static Predicate<JsonObject> is(UUID orgId, String action) {
        return event -> event.getString("orgId").equals(orgId.toString())
                && (action == null || event.getString("action").equals(action));
    }

    private static Stream<JsonObject> events(String containing) {
        return PeerRequests.to(EVENTS, containing).stream()
                .flatMap(request -> new JsonArray(request.getString("body")).stream())
                .map(JsonObject.class::cast);
    }
}
