package io.switchboard.auth;

import static io.restassured.RestAssured.given;
import static io.switchboard.kit.test.SilentDatabase.refusesInTime;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.SilentDatabase;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What those who sign in are told while the database says nothing, and that all is well soon after. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(AuthSettings.class)
class SilentDatabaseTest {
    @AfterEach
    void awaitService() {
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> login().then().statusCode(401));
    }

    @Test
    void a_frozen_database_is_a_503_in_two_seconds() {
        login().then().statusCode(401);
        var ada = Person.signUp();
        SilentDatabase.freezeDuring(() -> refusesInTime(
                SilentDatabaseTest::login,
                () -> post("/api/auth/refresh", Map.of("refreshToken", ada.refreshToken())),
                () -> post("/api/auth/pin", Map.of("organization", "acme", "pin", "24681357"))));
    }

    @Test
    void connections_lost_without_a_word_are_made_anew() {
        SilentDatabase.loseConnections();
    }

    private static Response login() {
        return post(
                "/api/auth/login",
                Map.of(
                        "email",
                        "stranger-" + UUID.randomUUID() + "@example.com",
                        "password",
                        "a long enough password"));
    }

    private static Response post(String path, Map<String, String> body) {
        return given().contentType(ContentType.JSON).body(body).post(path);
    }
}
