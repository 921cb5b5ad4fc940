package io.switchboard.kit.test;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.notNullValue;

import io.restassured.response.Response;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;

/** Makes the database of the service under test fall silent, and holds what a caller is told then. */
public final class SilentDatabase {
    /** A connection may be asked just before the deadline of another one. */
    private static final Duration TWO_DEADLINES = Duration.ofSeconds(20);

    private static final long LATEST_MILLIS = 4_000; // 2 s, and as much for a busy machine

    private SilentDatabase() {}

    /** A request that is sent when all are. */
    public interface Request {
        Response send();
    }

    /** Nothing is answered meanwhile. */
    public static void freezeDuring(Runnable claims) {
        set(DatabaseProxy.Mode.HOLD);
        try {
            claims.run();
        } finally {
            set(DatabaseProxy.Mode.PASS);
        }
    }

    /** Nothing is ever answered on the connections that are open; new ones work. Until the service has closed all of them. */
    public static void loseConnections() {
        set(DatabaseProxy.Mode.LOSE);
        await().atMost(TWO_DEADLINES)
                .until(() ->
                        given().get(FakePeers.url() + "/database").asString().equals("0"));
    }

    /** All at once: each is answered in time with a problem that says when to try again. */
    public static void refusesInTime(Request... requests) {
        var threads = Executors.newFixedThreadPool(requests.length);
        try {
            Arrays.stream(requests)
                    .map(request -> CompletableFuture.supplyAsync(request::send, threads))
                    .toList()
                    .forEach(answer -> answer.join()
                            .then()
                            .statusCode(503)
                            .header("Retry-After", notNullValue())
                            .body("type", endsWith("unavailable"))
                            .time(lessThan(LATEST_MILLIS)));
        } finally {
            threads.shutdown();
        }
    }

    private static void set(DatabaseProxy.Mode mode) {
        given().get(FakePeers.url() + "/database?mode=" + mode);
    }
}
