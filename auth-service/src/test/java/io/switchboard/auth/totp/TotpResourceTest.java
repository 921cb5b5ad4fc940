package io.switchboard.auth.totp;

import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.switchboard.auth.AuthSettings;
import io.switchboard.auth.Authenticator;
import io.switchboard.auth.Parallel;
import io.switchboard.auth.Person;
import io.switchboard.kit.test.AuditTrail;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(AuthSettings.class)
class TotpResourceTest {
    Person ada;

    @BeforeEach
    void signUp() {
        ada = Person.signUp();
    }

    @Test
    void a_second_factor_counts_from_its_first_right_code() {
        var answer = ada.caller().post("/api/me/totp", Map.of());
        answer.then()
                .statusCode(200)
                .body("secret", matchesPattern("[A-Z2-7]{32}"))
                .body("otpauthUri", startsWith("otpauth://totp/Switchboard:"));
        login(null).then().statusCode(200).body("totpRequired", is(false));
        var started = new Authenticator(answer.path("secret"));
        confirm(started.wrongCode()).then().statusCode(422).body("errors[0].field", is("code"));
        login(null).then().statusCode(200);
        // Until then it may be started anew, and only the newest secret counts.
        var authenticator = Authenticator.startedBy(ada);
        confirm(started.code()).then().statusCode(422);
        confirm(authenticator.code()).then().statusCode(200).body("recoveryCodes", hasSize(10));
        login(null).then().statusCode(401).body("type", endsWith("second_factor_required"));
        login(authenticator.code(1)).then().log().ifValidationFails().statusCode(200);
        ada.caller().post("/api/me/totp", Map.of()).then().statusCode(409).body("type", endsWith("totp_enrolled"));
        confirm(authenticator.code(1)).then().statusCode(409).body("type", endsWith("totp_enrolled"));
        login(authenticator.code(1)).then().statusCode(401);
    }

    @Test
    void a_factor_never_started_is_neither_confirmed_nor_removed() {
        confirm("123456").then().statusCode(409).body("type", endsWith("totp_not_started"));
        remove(Map.of("currentPassword", Person.PASSWORD))
                .then()
                .statusCode(404)
                .body("type", endsWith("second_factor_not_found"));
    }

    @Test
    void of_two_confirmations_at_once_one_wins() {
        var authenticator = Authenticator.startedBy(ada);
        var statuses = Parallel.times(4, () -> confirm(authenticator.code()).statusCode());
        assertEquals(1, statuses.stream().filter(status -> status == 200).count(), statuses.toString());
        assertEquals(3, statuses.stream().filter(status -> status == 409).count(), statuses.toString());
    }

    @Test
    void it_is_removed_by_password_or_code() {
        var authenticator = Authenticator.of(ada);
        remove(Map.of()).then().statusCode(422);
        remove(Map.of("currentPassword", "a horse, a battery"))
                .then()
                .statusCode(422)
                .body("errors[0].field", is("currentPassword"));
        remove(Map.of("code", authenticator.wrongCode())).then().statusCode(422).body("errors[0].field", is("code"));
        remove(Map.of("code", authenticator.code())).then().statusCode(204);
        login(null).then().statusCode(200);
        Authenticator.of(ada);
        remove(Map.of("currentPassword", Person.PASSWORD)).then().statusCode(204);
        login(null).then().statusCode(200);
    }

    @Test
    void admins_take_away_what_their_people_have_lost() {
        var grace = ada.invite("agent");
        Authenticator.of(grace);
        var path = "/api/users/" + grace.caller().id() + "/totp";
        Person.signUp().caller().delete(path).then().statusCode(404);
        grace.caller().delete(path).then().statusCode(403);
        ada.caller().delete(path).then().statusCode(204);
        ada.caller().delete(path).then().statusCode(404);
        grace.logIn(Person.PASSWORD, Map.of()).then().statusCode(200);
        Authenticator.of(ada);
        ada.caller()
                .delete("/api/users/" + ada.caller().id() + "/totp")
                .then()
                .statusCode(409)
                .body("type", endsWith("own_second_factor"));
        var event = AuditTrail.await(1, ada.caller().orgId(), "totp_reset").get(0);
        assertEquals(grace.caller().id().toString(), event.getString("resourceId"));
        assertEquals(ada.caller().id().toString(), event.getString("actorId"));
    }

    @Test
    void an_organization_may_require_it_of_its_admins() {
        requireTotp(true).then().statusCode(409).body("type", endsWith("totp_not_enrolled"));
        Authenticator.of(ada);
        var bob = ada.invite("admin");
        requireTotp(true).then().statusCode(200).body("requireTotp", is(true));
        // Whoever came in by a password alone does not lift it again.
        bob.caller()
                .patch("/api/organization", Map.of("requireTotp", false))
                .then()
                .statusCode(409)
                .body("type", endsWith("totp_not_enrolled"));
        bob.caller()
                .patch("/api/organization", Map.of("name", "Acme AG"))
                .then()
                .statusCode(200);
        var grace = ada.invite("admin");
        var login = grace.logIn(Person.PASSWORD, Map.of());
        login.then().statusCode(200).body("totpRequired", is(true)).body("user.role", is("admin"));
        var pending = with(grace, login.path("accessToken"), login.path("refreshToken"));
        pending.caller().get("/api/me").then().statusCode(200).body("role", is("admin"));
        pending.caller().get("/api/organization").then().statusCode(403);
        pending.caller().patch("/api/me", Map.of("fullName", "Grace")).then().statusCode(403);
        pending.caller().post("/api/auth/password/change", Map.of()).then().statusCode(403);
        var still = refresh(pending);
        still.then().statusCode(200).body("totpRequired", is(true));
        Authenticator.startedBy(pending).confirm(pending);
        var free = Person.post("/api/auth/refresh", Map.of("refreshToken", still.path("refreshToken")));
        free.then().statusCode(200).body("totpRequired", is(false));
        with(grace, free.path("accessToken"), free.path("refreshToken"))
                .caller()
                .get("/api/organization")
                .then()
                .statusCode(200);
        // Others than admins go on as before.
        ada.invite("agent").logIn(Person.PASSWORD, Map.of()).then().body("totpRequired", is(false));
        requireTotp(false).then().statusCode(200).body("requireTotp", is(false));
    }

    @Test
    void neither_database_nor_record_shows_a_seed_or_recovery_code() {
        var authenticator = Authenticator.startedBy(ada);
        var codes = authenticator.confirm(ada);
        var row = Sql.superuser()
                .column("select t::text from user_totp t where id = '"
                        + ada.caller().id() + "'");
        var org = ada.caller().orgId();
        assertTrue(AuditTrail.await(1, org, "totp_enrolled").get(0).getString("ipAddress") != null);
        var all = row + AuditTrail.await(1, org, "create").toString() + AuditTrail.await(1, org, "update");
        for (var secret : List.of(
                authenticator.secret(),
                HexFormat.of().formatHex(authenticator.bytes()),
                codes.get(0),
                HexFormat.of().formatHex(codes.get(0).getBytes()))) {
            assertFalse(all.contains(secret));
        }
    }

    Response login(String code) {
        return ada.logIn(Person.PASSWORD, code == null ? Map.of() : Map.of("code", code));
    }

    Response confirm(String code) {
        return ada.caller().post("/api/me/totp/confirm", Map.of("code", code));
    }

    Response remove(Map<String, String> proof) {
        return ada.caller().request().body(proof).delete("/api/me/totp");
    }

    Response requireTotp(boolean required) {
        return ada.caller().patch("/api/organization", Map.of("requireTotp", required));
    }

    static Response refresh(Person person) {
        return Person.post("/api/auth/refresh", Map.of("refreshToken", person.refreshToken()));
    }

    static Person with(Person person, String accessToken, String refreshToken) {
        UUID org = person.caller().orgId();
        return new Person(
                Caller.with(org, person.caller().id(), accessToken),
                person.email(),
                person.slug(),
                refreshToken,
                person.deviceToken());
    }
}
