package io.switchboard.auth.pin;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.auth.AuthSettings;
import io.switchboard.auth.OwnAddress;
import io.switchboard.auth.Parallel;
import io.switchboard.auth.Person;
import io.switchboard.auth.throttle.Counter;
import io.switchboard.auth.throttle.Limits;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.test.AuditTrail;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(AuthSettings.class)
class PinLoginTest {
    Person acme;

    @BeforeEach
    void signUp() {
        acme = Person.signUp();
    }

    @Test
    void a_pin_opens_a_session_of_24_hours() {
        var client = acme.addClient();
        var answer = PinSignIn.logIn(client.get("pin"), null);
        answer.then()
                .log()
                .ifValidationFails()
                .statusCode(200)
                .body("clientId", is(client.get("id")))
                .body("companyName", is("Globex"))
                .body("sessionToken", matchesPattern("[A-Za-z0-9_-]{43}"))
                .body("accessToken", notNullValue())
                .body("expiresIn", both(greaterThan(240)).and(lessThanOrEqualTo(300)));
        var left = Instant.parse(answer.path("expiresAt")).getEpochSecond()
                - Instant.now().getEpochSecond();
        assertTrue(left > 86_300 && left <= 86_460, "seconds left: " + left);
        PinSignIn.logIn(client.get("pin"), acme.slug()).then().statusCode(200);
    }

    @Test
    void a_session_buys_access_tokens_until_it_is_ended() {
        var client = acme.addClient();
        String token = PinSignIn.logIn(client.get("pin"), null).path("sessionToken");
        PinSignIn.session(token)
                .get("/api/auth/session")
                .then()
                .log()
                .ifValidationFails()
                .statusCode(200)
                .body("valid", is(true))
                .body("clientId", is(client.get("id")))
                .body("accessToken", notNullValue());
        PinSignIn.session(token).delete("/api/auth/session").then().statusCode(204);
        PinSignIn.session(token).get("/api/auth/session").then().statusCode(401);
        PinSignIn.session(token).delete("/api/auth/session").then().statusCode(401);
        PinSignIn.session("nobody's").get("/api/auth/session").then().statusCode(401);
        given().get("/api/auth/session").then().statusCode(401);
    }

    @Test
    void a_session_goes_on_while_it_is_used_but_not_for_ever() {
        String token = PinSignIn.logIn(acme.addClient().get("pin"), null).path("sessionToken");
        age("last_seen_at = now() - interval '20 hours', expires_at = now() + interval '4 hours'");
        var extended =
                Instant.parse(PinSignIn.session(token).get("/api/auth/session").path("expiresAt"));
        assertTrue(extended.isAfter(Instant.now().plusSeconds(86_000)));
        age("created_at = now() - interval '29 days 23 hours', last_seen_at = now() - interval '1 hour'");
        var last =
                Instant.parse(PinSignIn.session(token).get("/api/auth/session").path("expiresAt"));
        assertTrue(last.isBefore(Instant.now().plusSeconds(3_700)));
        age("expires_at = now()");
        PinSignIn.session(token).get("/api/auth/session").then().statusCode(401);
    }

    @Test
    void a_pin_that_is_replaced_while_it_is_checked_opens_nothing() {
        var client = acme.addClient();
        var change = "update clients set %s where id = '" + client.get("id") + "'";
        Sql.superuser()
                .runDuring(
                        change.formatted("pin_hash = pin_hash || 'x'"), () -> PinSignIn.logIn(client.get("pin"), null))
                .then()
                .statusCode(401)
                .body("type", endsWith("unauthorized"));
        Sql.superuser().run(change.formatted("pin_hash = rtrim(pin_hash, 'x')"));
        Sql.superuser()
                .runDuring(change.formatted("is_active = false"), () -> PinSignIn.logIn(client.get("pin"), null))
                .then()
                .statusCode(401);
        var org = acme.caller().orgId();
        assertEquals(
                List.of("0"),
                Sql.superuser().column("select count(*) from client_sessions where org_id = '" + org + "'"));
    }

    @Test
    void wrong_disabled_and_elsewhere_get_the_same_answer() {
        var client = acme.addClient();
        var off = acme.addClient();
        String session = PinSignIn.logIn(off.get("pin"), null).path("sessionToken");
        acme.caller()
                .patch("/api/clients/" + off.get("id"), Map.of("isActive", false))
                .then()
                .statusCode(200);
        PinSignIn.session(session).get("/api/auth/session").then().statusCode(401);
        var wrong = PinSignIn.logIn(PinSignIn.unusedPin(), null);
        var answers = List.of(
                wrong,
                PinSignIn.logIn(off.get("pin"), null),
                PinSignIn.logIn(client.get("pin"), Person.signUp().slug()),
                PinSignIn.logIn(client.get("pin"), "no-such-organization"),
                PinSignIn.logIn("not a pin", null));
        answers.forEach(answer -> answer.then().statusCode(401).body("detail", is(wrong.<String>path("detail"))));
    }

    @Test
    void a_short_pin_needs_its_organization() {
        acme.caller()
                .post(
                        "/api/clients",
                        Map.of("companyName", "Globex", "contactEmail", "it@globex.example", "pin", "481926"))
                .then()
                .statusCode(201);
        PinSignIn.logIn("481926", null).then().statusCode(401);
        PinSignIn.logIn("481926", acme.slug()).then().statusCode(200);
    }

    @Test
    void two_hundred_guesses_at_once_never_exceed_the_limit() {
        var answers = Parallel.times(200, () -> PinSignIn.logIn(PinSignIn.unusedPin(), acme.slug()));
        var verified =
                answers.stream().filter(answer -> answer.statusCode() == 401).count();
        assertTrue(verified >= 1 && verified <= 10, "verified: " + verified);
        // 503: on a busy machine the pool may send some away, uncounted
        answers.stream()
                .filter(answer -> answer.statusCode() != 401 && answer.statusCode() != 503)
                .forEach(answer -> answer.then()
                        .statusCode(429)
                        .body("type", endsWith("too_many_attempts"))
                        .header("Retry-After", matchesPattern("30|[12]?[0-9]")));
    }

    @Test
    void a_success_leaves_the_failures_of_others() {
        var client = acme.addClient();
        OwnAddress.next();
        for (int i = 0; i < 9; i++) {
            PinSignIn.logIn(PinSignIn.unusedPin(), acme.slug()).then().statusCode(401);
        }
        OwnAddress.next();
        PinSignIn.logIn(client.get("pin"), acme.slug()).then().statusCode(200);
        PinSignIn.logIn(PinSignIn.unusedPin(), acme.slug()).then().statusCode(401);
        PinSignIn.logIn(client.get("pin"), acme.slug()).then().statusCode(429);
    }

    @Test
    void a_throttled_organization_admits_whole_pins_until_a_new_pin() {
        var client = acme.addClient();
        OwnAddress.next();
        for (int i = 0; i < 10; i++) {
            PinSignIn.logIn(PinSignIn.unusedPin(), acme.slug()).then().statusCode(401);
        }
        OwnAddress.next();
        PinSignIn.logIn(client.get("pin"), acme.slug()).then().statusCode(429);
        PinSignIn.logIn(client.get("pin"), null).then().statusCode(200);
        var renewed = acme.caller().post("/api/clients/" + client.get("id") + "/pin", Map.of());
        PinSignIn.logIn(renewed.path("pin"), acme.slug()).then().statusCode(200);
    }

    @Test
    void many_wrong_pins_anywhere_close_signing_in_by_pin_alone() {
        var client = acme.addClient();
        var platform = Counter.of(Limits::platform);
        try {
            guess(1);
            Sql.superuser().run("update login_attempts set recent = array_fill(now(), array[990]) where " + platform);
            OwnAddress.next();
            guess(9);
            PinSignIn.logIn(client.get("pin"), null).then().statusCode(200);
            guess(1);
            OwnAddress.next();
            var refused = PinSignIn.logIn(client.get("pin"), null);
            refused.then().statusCode(429).body("type", endsWith("pin_needs_organization"));
            assertTrue(Integer.parseInt(refused.header("Retry-After")) <= 60);
            AuditTrail.await(CallerContext.PLATFORM, "lock", lock -> lock.getJsonObject("newData")
                    .getString("scope")
                    .equals("platform"));
            PinSignIn.logIn(client.get("pin"), acme.slug()).then().statusCode(200);
        } finally {
            Sql.superuser().run("delete from login_attempts where " + platform);
        }
    }

    static void guess(int times) {
        for (int i = 0; i < times; i++) {
            PinSignIn.logIn(PinSignIn.unusedPin(), null).then().statusCode(401);
        }
    }

    @Test
    void the_database_has_neither_a_pin_nor_its_plain_hash() throws Exception {
        var client = acme.addClient();
        var sha = java.util.HexFormat.of()
                .formatHex(java.security.MessageDigest.getInstance("SHA-256")
                        .digest(client.get("pin").getBytes()));
        var rows = Sql.superuser()
                .column("select c::text || d::text || coalesce(o.event::text, '') from clients c"
                        + " join directory_pins d using (org_id, id) left join outbox o on o.org_id = c.org_id where c.id = '"
                        + client.get("id") + "'");
        assertTrue(
                rows.stream().noneMatch(row -> row.contains(client.get("pin")) || row.contains(sha)), rows.toString());
    }

    void age(String how) {
        Sql.superuser()
                .run("update client_sessions set " + how + " where org_id = '"
                        + acme.caller().orgId() + "'");
    }
}
