package io.switchboard.auth.token;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.auth.AuthSettings;
import io.switchboard.auth.Parallel;
import io.switchboard.auth.Person;
import io.switchboard.auth.token.SigningKey.Pair;
import io.switchboard.kit.id.UuidV7;
import io.switchboard.kit.test.Jws;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(AuthSettings.class)
class SigningKeysTest {
    @Inject
    KeyStore store;

    @Test
    void of_replicas_that_rotate_at_once_one_makes_the_key() {
        var due = new Rotation(Duration.ZERO, Duration.ofMinutes(10));
        Parallel.times(8, () -> store.rotate(due, Pair.generate(UuidV7.next()))
                .subscribe()
                .asCompletionStage()
                .join());
        assertEquals(List.of("1"), Sql.superuser().column("select count(*) from signing_keys where state = 'next'"));
        assertEquals(List.of("1"), Sql.superuser().column("select count(*) from signing_keys where state = 'active'"));
        Sql.superuser().run("delete from signing_keys where state = 'next'");
    }

    @Test
    void every_token_stays_valid_through_a_rotation() {
        var before = Person.signUp();
        var old = kid(before.caller().token());

        Sql.superuser().run("update signing_keys set signs_from = now() - interval '30 days' where state = 'active'");
        await().until(() -> published().containsAll(next()) && !next().isEmpty());
        assertEquals(old, kid(Person.signUp().caller().token()), "published, but not signing yet");
        assertEquals(
                List.of("t"),
                Sql.superuser()
                        .column(
                                "select signs_from between now() + interval '9 minutes' and now() + interval '10 minutes'"
                                        + " from signing_keys where state = 'next'"));

        var published = System.nanoTime();
        await("every cache refreshes twice a second").until(() -> System.nanoTime() - published > 1_500_000_000L);
        Sql.superuser().run("update signing_keys set signs_from = now() where state = 'next'");
        await().until(() -> Sql.superuser()
                .column("select id from signing_keys where state = 'retired'")
                .contains(old));
        await().until(() -> !kid(token(before)).equals(old));
        before.caller().get("/api/me").then().statusCode(200);
        given().header("Authorization", "Bearer " + token(before))
                .get("/api/me")
                .then()
                .statusCode(200);
        assertTrue(published().contains(old));

        Sql.superuser().run("update signing_keys set published_until = now() where state = 'retired'");
        await().until(() -> !published().contains(old));
        assertNotEquals(old, kid(token(before)));
    }

    static List<String> next() {
        return Sql.superuser().column("select id from signing_keys where state = 'next'");
    }

    static String token(Person person) {
        return person.logIn(Person.PASSWORD, Map.of()).path("accessToken");
    }

    static List<String> published() {
        return given().get("/.well-known/jwks.json").path("keys.kid");
    }

    static String kid(String token) {
        return Jws.header(token).getString("kid");
    }
}
