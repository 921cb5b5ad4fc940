package io.switchboard.auth.password;

import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.switchboard.auth.AuthSettings;
import io.switchboard.auth.OwnAddress;
import io.switchboard.auth.Parallel;
import io.switchboard.auth.Person;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.TestIssuer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(AuthSettings.class)
class PasswordChangeTest {
    static final String NEW = "a mule, a dynamo, a paper clip";

    Person ada;

    @BeforeEach
    void signUp() {
        ada = Person.signUp();
    }

    @Test
    void a_changed_password_ends_every_other_sign_in() {
        String other = ada.logIn(Person.PASSWORD, Map.of()).path("refreshToken");
        change(ada, Person.PASSWORD, NEW).then().log().ifValidationFails().statusCode(204);
        refresh(other).then().statusCode(401);
        refresh(ada.refreshToken()).then().statusCode(200);
        ada.logIn(Person.PASSWORD, Map.of()).then().statusCode(401);
        ada.logIn(NEW, Map.of()).then().statusCode(200);
    }

    @Test
    void whichever_sign_in_asks_goes_on_also_after_a_refresh() {
        var second = ada.logIn(Person.PASSWORD, Map.of());
        var third = refresh(second.path("refreshToken"));
        change(as(third.path("accessToken")), Person.PASSWORD, NEW).then().statusCode(204);
        refresh(ada.refreshToken()).then().statusCode(401);
        refresh(third.path("refreshToken")).then().statusCode(200);
        change(ada, NEW, Person.PASSWORD).then().statusCode(401);
    }

    @Test
    void without_a_session_in_the_token_the_refresh_token_names_it() {
        var id = ada.caller().id();
        var untold = as(Caller.issuer().person("admin", ada.caller().orgId(), id));
        changeKeeping(untold, Person.PASSWORD, NEW, ada.refreshToken()).then().statusCode(204);
        String next = refresh(ada.refreshToken()).path("refreshToken");
        var grace = Person.signUp();
        changeKeeping(untold, NEW, Person.PASSWORD, grace.refreshToken()).then().statusCode(204);
        refresh(next).then().statusCode(401);
        refresh(grace.refreshToken()).then().statusCode(200);
    }

    @Test
    void a_session_of_another_user_in_a_token_does_not_count() {
        var grace = ada.invite("agent");
        var claims = TestIssuer.claims(ada.caller().id().toString(), "admin", "switchboard", more -> {
            more.put("org_id", ada.caller().orgId().toString());
            more.put("sid", grace.caller().get("/api/me/sessions").<String>path("items[0].id"));
        });
        change(as(Caller.issuer().sign(claims)), Person.PASSWORD, NEW).then().statusCode(401);
        ada.logIn(Person.PASSWORD, Map.of()).then().statusCode(200);
    }

    @Test
    void a_changed_password_forgets_known_devices_too() {
        String other = ada.logIn(Person.PASSWORD, Map.of()).path("deviceToken");
        change(ada, Person.PASSWORD, NEW).then().statusCode(204);
        for (var device : List.of(ada.deviceToken(), other)) {
            String next = ada.logIn(NEW, Map.of("deviceToken", device)).path("deviceToken");
            assertFalse(next.equals(device));
        }
    }

    @Test
    void the_current_password_must_be_right_and_the_new_one_good() {
        change(ada, "a horse, a battery", NEW).then().statusCode(422).body("errors[0].field", is("currentPassword"));
        change(ada, Person.PASSWORD, "password123").then().statusCode(422).body("errors[0].field", is("newPassword"));
        refresh(ada.refreshToken()).then().statusCode(200);
        ada.logIn(Person.PASSWORD, Map.of()).then().statusCode(200);
    }

    @Test
    void guesses_at_the_current_password_are_throttled() {
        for (int i = 0; i < 10; i++) {
            change(ada, "a horse, a battery", NEW).then().statusCode(422);
        }
        OwnAddress.next();
        change(ada, Person.PASSWORD, NEW).then().statusCode(429).body("type", endsWith("too_many_attempts"));
        ada.logIn(Person.PASSWORD, Map.of()).then().statusCode(200);
        change(ada, Person.PASSWORD, NEW).then().statusCode(429);
    }

    @Test
    void failed_sign_ins_of_strangers_do_not_block_a_reset() {
        for (int i = 0; i < 10; i++) {
            ada.logIn("a horse, a battery", Map.of()).then().statusCode(401);
        }
        OwnAddress.next();
        change(ada, Person.PASSWORD, NEW).then().statusCode(204);
        // Which is no sign-in: strangers still have to wait.
        ada.logIn(NEW, Map.of()).then().statusCode(429);
    }

    @Test
    void a_good_proof_starts_anew() {
        for (int i = 0; i < 9; i++) {
            change(ada, "a horse, a battery", NEW).then().statusCode(422);
        }
        change(ada, Person.PASSWORD, NEW).then().statusCode(204);
        OwnAddress.next();
        for (int i = 0; i < 9; i++) {
            change(ada, Person.PASSWORD, NEW).then().statusCode(422);
        }
    }

    @Test
    void one_of_two_parallel_changes_wins() {
        var number = new AtomicInteger();
        var statuses = Parallel.times(4, () -> change(ada, Person.PASSWORD, NEW + number.incrementAndGet())
                .statusCode());
        assertEquals(1, statuses.stream().filter(status -> status == 204).count(), statuses.toString());
        assertTrue(
                statuses.stream().allMatch(status -> status == 204 || status == 409 || status == 422),
                statuses.toString());
    }

    static Response change(Person person, String current, String next) {
        return person.caller()
                .post("/api/auth/password/change", Map.of("currentPassword", current, "newPassword", next));
    }

    static Response refresh(String token) {
        return Person.post("/api/auth/refresh", Map.of("refreshToken", token));
    }

    static Response changeKeeping(Person person, String current, String next, String refreshToken) {
        return person.caller()
                .post(
                        "/api/auth/password/change",
                        Map.of("currentPassword", current, "newPassword", next, "refreshToken", refreshToken));
    }

    /** The same person with another access token. */
    Person as(String token) {
        var caller = Caller.with(ada.caller().orgId(), ada.caller().id(), token);
        return new Person(caller, ada.email(), ada.slug(), ada.refreshToken(), ada.deviceToken());
    }
}
