package io.switchboard.kit.test;

import static io.restassured.RestAssured.given;
import static java.time.Duration.ofSeconds;

import io.restassured.specification.RequestSpecification;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** What the service under test sent to the other services, and what they answer. Both are kept by {@link FakePeers}. */
public final class PeerRequests {
    private PeerRequests() {}

    /** The answered requests whose path begins so, in order: method, path, authorization, idempotencyKey, body. */
    public static List<JsonObject> to(String path) {
        return to(path, "");
    }

    /** Those whose body contains the text. */
    public static List<JsonObject> to(String path, String containing) {
        var sent = peers().queryParam("path", path)
                .queryParam("containing", containing)
                .get("/recorded")
                .asString();
        return new JsonArray(sent).stream().map(JsonObject.class::cast).toList();
    }

    /** The same once there are so many that fit. */
    public static List<JsonObject> await(int count, String path, Predicate<JsonObject> which) {
        return Awaitility.await()
                .atMost(ofSeconds(20))
                .until(() -> to(path).stream().filter(which).toList(), sent -> sent.size() >= count);
    }

    /** Answers the path with the status from now on. Only a 2xx is recorded. */
    public static void answer(String path, int status) {
        send(peers().queryParam("path", path).queryParam("status", status));
    }

    /** Answers the path so. */
    public static void answer(String path, int status, String body) {
        send(peers().queryParam("path", path).queryParam("status", status).queryParam("body", body));
    }

    /** Answers the path so where the request's body contains the text. */
    public static void answer(String path, int status, String body, String containing) {
        send(peers().queryParam("path", path)
                .queryParam("status", status)
                .queryParam("body", body)
                .queryParam("containing", containing));
    }

    /**
     * Answers the path in another manner where the request's body or query contains the text.
     *
     * @param manner {@code delay} in milliseconds, {@code padding} in bytes, or {@code paged}: see {@link FakePeers}
     */
    public static void answer(String path, int status, String body, String containing, String manner, Object value) {
        send(peers().queryParam("path", path)
                .queryParam("status", status)
                .queryParam("body", body)
                .queryParam("containing", containing)
                .queryParam(manner, value));
    }

    /** Ends what was said of bodies that contain the text. */
    public static void answerAsUsual(String containing) {
        send(peers().queryParam("containing", containing));
    }

    private static void send(RequestSpecification rule) {
        rule.get("/answer").then().statusCode(204);
    }

    private static RequestSpecification peers() {
        return given().baseUri(FakePeers.url());
    }
}
