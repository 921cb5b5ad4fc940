package io.switchboard.auth.token;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.auth.AuthSettings;
import io.switchboard.auth.Parallel;
import io.switchboard.auth.Person;
import io.switchboard.auth.TestKeySource;
import io.switchboard.kit.test.AuditTrail;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(AuthSettings.class)
class RotateTest {
    static final String ROTATE = "/api/admin/signing-keys/rotate";

    final Caller operator = Person.operator();

    @BeforeEach
    @AfterEach
    void dropWaitingKey() {
        Sql.superuser().run("delete from signing_keys where state = 'next'");
    }

    @Test
    void the_next_key_is_published_at_once_and_signs_after_a_minute() throws Exception {
        var before = Person.signUp();
        var old = SigningKeysTest.kid(before.caller().token());
        var answer = operator.post(ROTATE, Map.of());
        answer.then().log().ifValidationFails().statusCode(202);
        String kid = answer.path("kid");
        var ahead = Duration.between(OffsetDateTime.now(), OffsetDateTime.parse(answer.path("signsFrom")));
        assertTrue(ahead.toSeconds() > 50 && ahead.toSeconds() <= 60, ahead.toString());
        given().get("/.well-known/jwks.json")
                .then()
                .header("Cache-Control", containsString("max-age"))
                .body("keys.kid", hasItem(kid))
                .body("keys.kid", hasItem(old));
        assertEquals(old, SigningKeysTest.kid(SigningKeysTest.token(before)));

        // The minute is for caches to ask again; the one of the tests' service asks twice a second.
        await().until(() -> TestKeySource.hasShown(kid));
        Sql.superuser().run("update signing_keys set signs_from = now() where state = 'next'");
        await().until(() -> SigningKeysTest.kid(SigningKeysTest.token(before)).equals(kid));
        before.caller().get("/api/me").then().statusCode(200);
        var token = SigningKeysTest.token(before);
        // All at once, the moment it begins to sign.
        Parallel.times(20, () -> given().header("Authorization", "Bearer " + token)
                        .get("/api/me")
                        .statusCode())
                .forEach(status -> assertEquals(200, status));
    }

    @Test
    void a_rotation_while_a_key_waits_answers_that_key() {
        var kids = new TreeSet<String>(Parallel.times(4, () -> {
            var answer = operator.post(ROTATE, Map.of());
            answer.then().log().ifValidationFails().statusCode(202);
            return answer.path("kid");
        }));
        assertEquals(1, kids.size(), kids.toString());
        operator.post(ROTATE, Map.of()).then().statusCode(202).body("kid", is(kids.first()));
        AuditTrail.await(
                5,
                event -> event.getString("action").equals("rotate")
                        && operator.id().toString().equals(event.getString("actorId"))
                        && kids.first().equals(event.getString("resourceId")));
    }

    @Test
    void one_that_was_planned_for_later_signs_soon() {
        operator.post(ROTATE, Map.of()).then().statusCode(202);
        Sql.superuser().run("update signing_keys set signs_from = now() + interval '9 minutes' where state = 'next'");
        operator.post(ROTATE, Map.of()).then().statusCode(202);
        assertEquals(
                "t",
                Sql.superuser()
                        .column("select signs_from <= now() + interval '60 seconds' from signing_keys"
                                + " where state = 'next'")
                        .get(0));
    }
}
