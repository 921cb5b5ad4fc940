package io.switchboard.auth.throttle;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.switchboard.auth.AuthSettings;
import io.switchboard.auth.OwnAddress;
import io.switchboard.auth.Person;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.test.AuditTrail;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(AuthSettings.class)
class LocksTest {
    static final String AGENT = "a telephone";

    Person ada;
    UUID acme;

    @BeforeEach
    void signUp() {
        ada = Person.signUp();
        acme = ada.caller().orgId();
    }

    @Test
    void closing_an_account_is_recorded_with_the_last_address() {
        fail(ada.email(), 10);
        var lock = AuditTrail.await(acme, "lock", of("account"));
        assertEquals("users", lock.getString("resourceType"));
        assertEquals(ada.caller().id().toString(), lock.getString("resourceId"));
        assertEquals("auth-service", lock.getString("actorId"));
        assertEquals(OwnAddress.current(), lock.getString("ipAddress"));
        assertEquals(AGENT, lock.getString("userAgent"));
        var wait = Duration.between(Instant.now(), until(lock));
        assertTrue(wait.toSeconds() > 0 && wait.toSeconds() <= 30, wait.toString());
        assertNotNull(AuditTrail.await(acme, "lock", of("address")));
        assertFalse(lock.toString().contains(ada.email()));
    }

    @Test
    void an_attempt_that_succeeds_closes_nothing() {
        fail(ada.email(), 9);
        ada.logIn(Person.PASSWORD, Map.of()).then().statusCode(200);
        fail(ada.email(), 1);
        // The last one has closed the address; had it closed the account too, that would have been told before.
        AuditTrail.await(acme, "lock", of("address"));
        assertEquals(
                0,
                AuditTrail.await(0, acme, "lock").stream().filter(of("account")).count());
    }

    @Test
    void a_caller_who_hangs_up_is_recorded_all_the_same() throws IOException {
        fail(ada.email(), 9);
        OwnAddress.next();
        var body = "{\"email\": \"" + ada.email() + "\", \"password\": \"a horse, a battery\"}";
        try (var socket = new Socket("127.0.0.1", RestAssured.port)) {
            socket.setSoLinger(true, 0); // closing resets the connection
            socket.getOutputStream()
                    .write(("POST /api/auth/login HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: "
                                    + OwnAddress.current() + "\r\nContent-Type: application/json\r\n"
                                    + "Content-Length: " + body.length() + "\r\n\r\n" + body)
                            .getBytes(StandardCharsets.US_ASCII));
            var begun = "select 1 from login_attempts where (cardinality(open) > 0 or in_a_row = 10) and " + account();
            await().pollInterval(Duration.ofMillis(2))
                    .until(() -> !Sql.superuser().column(begun).isEmpty());
        }
        AuditTrail.await(acme, "lock", of("account"));
        assertEquals(11, AuditTrail.await(11, acme, "login").size(), "with that of the sign-up");
    }

    @Test
    void a_counter_closed_until_unlocked_has_no_end() {
        for (int i = 0; i < 20; i++) {
            fail(ada.email(), 1);
            OwnAddress.next();
            Sql.superuser().run("update login_attempts set closed_until = now() where " + account());
        }
        var last = AuditTrail.await(acme, "lock", of("account").and(event -> until(event) == null));
        assertEquals(ada.caller().id().toString(), last.getString("resourceId"));
    }

    @Test
    void an_unknown_email_is_recorded_as_an_hmac_for_the_platform() {
        var email = "nobody-" + UUID.randomUUID() + "@example.com";
        fail(email, 10);
        var lock = AuditTrail.await(
                CallerContext.PLATFORM, "lock", of("account").and(event -> AGENT.equals(event.getString("userAgent"))));
        assertNull(lock.getString("resourceId"));
        assertTrue(details(lock).getString("email").matches("[0-9a-f]{64}"));
        assertFalse(lock.toString().contains(email));
    }

    @Test
    void an_organization_learns_that_its_sign_in_by_pin_is_closed() {
        for (int i = 0; i < 10; i++) {
            wrongPin(ada.slug());
        }
        var lock = AuditTrail.await(acme, "lock", of("organization"));
        assertEquals("organizations", lock.getString("resourceType"));
        assertEquals(acme.toString(), lock.getString("resourceId"));
        assertEquals(OwnAddress.current(), lock.getString("ipAddress"));
    }

    @Test
    void an_organization_that_may_choose_no_more_pins_learns_of_it() {
        var pin = String.valueOf(ThreadLocalRandom.current().nextInt(20_000_000, 99_000_000));
        ada.caller().post("/api/clients", client(pin)).then().statusCode(201);
        for (int i = 0; i < 5; i++) {
            ada.caller().post("/api/clients", client(pin)).then().statusCode(409);
        }
        ada.caller().post("/api/clients", client(pin)).then().statusCode(429);
        var lock = AuditTrail.await(acme, "lock", of("chosen_pin"));
        assertEquals(ada.caller().id().toString(), lock.getString("actorId"));
        assertFalse(lock.toString().contains(pin));
    }

    String account() {
        return Counter.of(limits -> limits.account(ada.email()));
    }

    static Map<String, String> client(String pin) {
        return Map.of("companyName", "Globex", "contactEmail", "it@globex.example", "pin", pin);
    }

    static void fail(String email, int times) {
        for (int i = 0; i < times; i++) {
            given().header("User-Agent", AGENT)
                    .contentType(ContentType.JSON)
                    .body(Map.of("email", email, "password", "a horse, a battery"))
                    .post("/api/auth/login")
                    .then()
                    .statusCode(401);
        }
    }

    static void wrongPin(String slug) {
        Person.post("/api/auth/pin", Map.of("pin", "90817263", "organization", slug))
                .then()
                .statusCode(401);
    }

    static Predicate<JsonObject> of(String scope) {
        return lock -> scope.equals(details(lock).getString("scope"));
    }

    static JsonObject details(JsonObject event) {
        return event.getJsonObject("newData", new JsonObject());
    }

    static Instant until(JsonObject lock) {
        var until = details(lock).getString("until");
        return until == null ? null : OffsetDateTime.parse(until).toInstant();
    }
}
