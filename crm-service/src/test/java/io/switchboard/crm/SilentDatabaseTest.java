package io.switchboard.crm;

import static io.restassured.RestAssured.given;
import static io.switchboard.kit.test.SilentDatabase.refusesInTime;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.lessThan;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.SilentDatabase;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What callers are told while the database says nothing, and that all is well soon after. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class SilentDatabaseTest {
    static final Duration TEN_SECONDS = Duration.ofSeconds(10);
    final Caller acme = Caller.adminOfNewOrg(), globex = Caller.adminOfNewOrg();

    @TestHTTPResource(value = "/health/ready", management = true)
    String readiness;

    @TestHTTPResource(value = "/health/live", management = true)
    String liveness;

    @AfterEach
    void awaitService() {
        await().atMost(TEN_SECONDS).untilAsserted(this::isServed);
    }

    @Test
    void a_frozen_database_is_a_503_in_two_seconds() {
        var id = create(acme).then().statusCode(201).extract().path("id");
        SilentDatabase.freezeDuring(() -> {
            refusesInTime(
                    () -> acme.get("/api/contacts/{id}", id),
                    () -> acme.get("/api/contacts"),
                    () -> acme.get("/api/contacts?q=ada"),
                    () -> create(acme),
                    () -> acme.request()
                            .header("Idempotency-Key", "once")
                            .body(Map.of("name", "Ada"))
                            .post("/api/contacts"),
                    () -> acme.put("/api/contacts/by-phone/{phone}", Map.of("name", "Ada"), "+4930123456"),
                    () -> acme.patch("/api/contacts/{id}", Map.of("name", "Bea"), id),
                    () -> acme.delete("/api/contacts/{id}", id),
                    () -> globex.get("/api/contacts"),
                    () -> globex.get("/api/notifications"));
            given().get(readiness).then().statusCode(503).time(lessThan(2_000L));
            given().get(liveness).then().statusCode(200).time(lessThan(1_000L));
        });
    }

    @Test
    void it_lasts_through_ten_seconds_and_ever_more_callers() {
        SilentDatabase.freezeDuring(() -> {
            var end = System.nanoTime() + TEN_SECONDS.toNanos();
            while (System.nanoTime() < end) {
                refusesInTime(() -> acme.get("/api/contacts"), () -> create(globex), () -> create(acme));
            }
        });
    }

    @Test
    void connections_lost_without_a_word_are_made_anew() {
        SilentDatabase.loseConnections();
        await().atMost(TEN_SECONDS).untilAsserted(this::isServed);
    }

    private void isServed() {
        create(acme).then().statusCode(201);
        globex.get("/api/contacts").then().statusCode(200);
        given().get(readiness).then().statusCode(200);
    }

    private static io.restassured.response.Response create(Caller caller) {
        return caller.post("/api/contacts", Map.of("name", "Ada"));
    }
}
