package io.switchboard.auth.totp;

import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.switchboard.auth.AuthSettings;
import io.switchboard.auth.Authenticator;
import io.switchboard.auth.Mailed;
import io.switchboard.auth.OwnAddress;
import io.switchboard.auth.Parallel;
import io.switchboard.auth.Person;
import io.switchboard.auth.throttle.Counter;
import io.switchboard.kit.test.AuditTrail;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(AuthSettings.class)
class TotpLoginTest {
    Person ada;

    @BeforeEach
    void signUp() {
        ada = Person.signUp();
    }

    @Test
    void a_code_counts_once_however_many_show_it_at_once() {
        var code = Authenticator.of(ada).code();
        var statuses = Parallel.times(6, () -> login(code).statusCode());
        assertEquals(1, statuses.stream().filter(status -> status == 200).count(), statuses.toString());
        assertEquals(5, statuses.stream().filter(status -> status == 401).count(), statuses.toString());
        login(code).then().statusCode(401).body("type", endsWith("unauthorized"));
    }

    @Test
    void a_recovery_code_counts_once_however_it_is_typed() {
        var codes = Authenticator.startedBy(ada).confirm(ada);
        var statuses = Parallel.times(4, () -> login(codes.get(0)).statusCode());
        assertEquals(1, statuses.stream().filter(status -> status == 200).count(), statuses.toString());
        login(codes.get(0)).then().statusCode(401);
        login(codes.get(1).toUpperCase().replace("-", " ")).then().statusCode(200);
        // Another user's are no good here.
        var others = Authenticator.startedBy(Person.signUp());
        login(others.code()).then().statusCode(401);
        var used = AuditTrail.await(2, ada.caller().orgId(), "recovery_code_used");
        assertEquals(
                List.of(9, 8),
                used.stream()
                        .map(event -> event.getJsonObject("newData").getInteger("left"))
                        .toList());
    }

    @Test
    void a_second_factor_is_revealed_to_the_right_password_only() {
        var authenticator = Authenticator.of(ada);
        var wrong = ada.logIn("a horse, a battery", Map.of());
        wrong.then().statusCode(401).body("type", endsWith("unauthorized"));
        ada.logIn("a horse, a battery", Map.of("code", authenticator.code()))
                .then()
                .statusCode(401)
                .body("detail", is(wrong.<String>path("detail")));
        // Nor does a wrong password use the code up.
        login(authenticator.code()).then().statusCode(200);
    }

    @Test
    void only_a_wrong_code_counts_as_a_failure() {
        var authenticator = Authenticator.of(ada);
        for (int i = 0; i < 8; i++) {
            login(authenticator.wrongCode()).then().statusCode(401).body("type", endsWith("unauthorized"));
        }
        for (int i = 0; i < 4; i++) {
            login(null).then().statusCode(401).body("type", endsWith("second_factor_required"));
        }
        login(authenticator.wrongCode()).then().statusCode(401);
        login(authenticator.wrongCode()).then().statusCode(401);
        OwnAddress.next();
        login(authenticator.code()).then().statusCode(429);
    }

    @Test
    void after_twenty_wrong_codes_a_new_password_does_not_help() {
        var grace = ada.invite("agent");
        var authenticator = Authenticator.of(grace);
        var next = "a mule, a dynamo, a paper clip";
        twenty_wrong_codes(grace, authenticator);
        Person.post("/api/auth/password/forgot", Map.of("email", grace.email()))
                .then()
                .statusCode(202);
        // The first mail was the invitation.
        Person.post("/api/auth/password/reset", Map.of("token", Mailed.token(grace.email(), 2), "newPassword", next))
                .then()
                .statusCode(204);
        grace.logIn(next, Map.of("code", authenticator.code()))
                .then()
                .statusCode(429)
                .body("type", endsWith("too_many_attempts"));
        // The right password is needed to get there.
        grace.logIn(Person.PASSWORD, Map.of("code", authenticator.code()))
                .then()
                .statusCode(401);
        var user = "/api/users/" + grace.caller().id();
        ada.caller().request().post(user + "/unlock").then().statusCode(204);
        grace.logIn(next, Map.of("code", authenticator.code())).then().statusCode(200);
    }

    @Test
    void a_right_code_or_another_second_factor_starts_the_count_anew() {
        var grace = ada.invite("agent");
        var authenticator = Authenticator.of(grace);
        for (int i = 0; i < 9; i++) {
            code(grace, authenticator.wrongCode()).then().statusCode(401);
        }
        code(grace, authenticator.code()).then().statusCode(200);
        OwnAddress.next();
        twenty_wrong_codes(grace, authenticator);
        code(grace, authenticator.code(1)).then().statusCode(429);
        var user = "/api/users/" + grace.caller().id();
        ada.caller().delete(user + "/totp").then().statusCode(204);
        code(grace, Authenticator.of(grace).code()).then().statusCode(200);
    }

    /** Over many days: what they are counted under beside their own is forgotten, and the waits are over. */
    void twenty_wrong_codes(Person person, Authenticator authenticator) {
        code(person, authenticator.wrongCode()).then().statusCode(401);
        Sql.superuser()
                .run("update login_attempts set in_a_row = 19 where "
                        + Counter.of(limits -> limits.totp(person.caller().id())));
        code(person, authenticator.wrongCode()).then().statusCode(401);
        code(person, authenticator.wrongCode()).then().statusCode(429);
    }

    static Response code(Person person, String code) {
        return person.logIn(Person.PASSWORD, Map.of("code", code));
    }

    Response login(String code) {
        return ada.logIn(Person.PASSWORD, code == null ? Map.of() : Map.of("code", code));
    }
}
