package io.switchboard.auth.password;

import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.switchboard.auth.AuthSettings;
import io.switchboard.auth.Database;
import io.switchboard.auth.Parallel;
import io.switchboard.auth.Person;
import io.switchboard.kit.test.PostgresResource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(AuthSettings.class)
class PasswordChangeTest {
    static final String NEW = "a mule, a dynamo, a paper clip";

    Person ada;

    @BeforeEach
    void sign_up() {
        forget_the_address();
        ada = Person.signsUp();
    }

    @AfterEach
    void forget_the_address() {
        Database.superuser("delete from login_attempts where scope = 'address'");
    }

    @Test
    void a_changed_password_ends_every_other_sign_in() {
        String other = ada.logsIn(Person.PASSWORD, Map.of()).path("refreshToken");
        ada.caller()
                .post(
                        "/api/auth/password/change",
                        Map.of(
                                "currentPassword",
                                Person.PASSWORD,
                                "newPassword",
                                NEW,
                                "refreshToken",
                                ada.refreshToken()))
                .then()
                .log()
                .ifValidationFails()
                .statusCode(204);
        refresh(other).then().statusCode(401);
        refresh(ada.refreshToken()).then().statusCode(200);
        ada.logsIn(Person.PASSWORD, Map.of()).then().statusCode(401);
        ada.logsIn(NEW, Map.of()).then().statusCode(200);
    }

    @Test
    void without_a_refresh_token_they_all_end_and_another_users_is_none() {
        var grace = ada.invites("agent");
        ada.caller()
                .post(
                        "/api/auth/password/change",
                        Map.of(
                                "currentPassword",
                                Person.PASSWORD,
                                "newPassword",
                                NEW,
                                "refreshToken",
                                grace.refreshToken()))
                .then()
                .statusCode(204);
        refresh(ada.refreshToken()).then().statusCode(401);
        refresh(grace.refreshToken()).then().statusCode(200);
        change(grace, Person.PASSWORD, NEW).then().statusCode(204);
        refresh(grace.refreshToken()).then().statusCode(401);
    }

    @Test
    void the_current_password_must_be_right_and_the_new_one_good() {
        change(ada, "a horse, a battery", NEW).then().statusCode(422).body("errors[0].field", is("currentPassword"));
        change(ada, Person.PASSWORD, "password123").then().statusCode(422).body("errors[0].field", is("newPassword"));
        refresh(ada.refreshToken()).then().statusCode(200);
        ada.logsIn(Person.PASSWORD, Map.of()).then().statusCode(200);
    }

    @Test
    void who_guesses_at_the_current_password_is_stopped_and_still_signs_in() {
        for (int i = 0; i < 10; i++) {
            change(ada, "a horse, a battery", NEW).then().statusCode(422);
        }
        forget_the_address();
        change(ada, Person.PASSWORD, NEW).then().statusCode(429).body("type", endsWith("too_many_attempts"));
        ada.logsIn(Person.PASSWORD, Map.of()).then().statusCode(200);
        change(ada, Person.PASSWORD, NEW).then().statusCode(429);
    }

    @Test
    void strangers_who_fail_to_sign_in_keep_nobody_from_a_new_password() {
        for (int i = 0; i < 10; i++) {
            ada.logsIn("a horse, a battery", Map.of()).then().statusCode(401);
        }
        forget_the_address();
        change(ada, Person.PASSWORD, NEW).then().statusCode(204);
        // Which is no sign-in: strangers still have to wait.
        ada.logsIn(NEW, Map.of()).then().statusCode(429);
    }

    @Test
    void a_good_proof_starts_anew() {
        for (int i = 0; i < 9; i++) {
            change(ada, "a horse, a battery", NEW).then().statusCode(422);
        }
        change(ada, Person.PASSWORD, NEW).then().statusCode(204);
        forget_the_address();
        for (int i = 0; i < 9; i++) {
            change(ada, Person.PASSWORD, NEW).then().statusCode(422);
        }
    }

    @Test
    void of_two_changes_at_once_one_wins() {
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
}
