package io.switchboard.auth.throttle;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.switchboard.auth.AuthSettings;
import io.switchboard.auth.OwnAddress;
import io.switchboard.auth.Parallel;
import io.switchboard.auth.Person;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(AuthSettings.class)
class ThrottleTest {
    static final String WRONG = "a horse, a battery";

    Person ada;

    @BeforeEach
    void signUp() {
        ada = Person.signUp();
    }

    @Test
    void after_ten_failures_even_the_right_password_has_to_wait() {
        fail(ada.email(), 10);
        OwnAddress.next();
        closed(ada.logIn(Person.PASSWORD, Map.of()), 30);
    }

    @Test
    void an_unknown_email_is_closed_by_the_same_counters() {
        var email = "nobody-" + UUID.randomUUID() + "@example.com";
        fail(email, 10);
        OwnAddress.next();
        closed(Person.logIn(email, WRONG, Map.of()), 30);
    }

    @Test
    void waits_double_and_twenty_failures_in_a_row_lock() {
        var waits = new ArrayList<Integer>();
        fail(ada.email(), 9);
        for (int failures = 10; failures <= 20; failures++) {
            OwnAddress.next();
            fail(ada.email(), 1);
            waits.add(Integer.parseInt(ada.logIn(Person.PASSWORD, Map.of()).header("Retry-After")));
            passTheWait();
        }
        assertEquals(List.of(30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600, 3600), waits);
        OwnAddress.next();
        closed(ada.logIn(Person.PASSWORD, Map.of()), 3600);
        ada.logIn(Person.PASSWORD, Map.of("deviceToken", ada.deviceToken()))
                .then()
                .statusCode(200);
        closed(ada.logIn(Person.PASSWORD, Map.of()), 3600);
    }

    @Test
    void success_clears_the_account_not_the_address() {
        for (int i = 0; i < 9; i++) {
            fail("nobody-" + UUID.randomUUID() + "@example.com", 1);
        }
        ada.logIn(Person.PASSWORD, Map.of()).then().statusCode(200);
        ada.logIn(Person.PASSWORD, Map.of()).then().statusCode(200);
        fail(ada.email(), 1);
        closed(Person.logIn("nobody-" + UUID.randomUUID() + "@example.com", WRONG, Map.of()), 30);
    }

    @Test
    void strangers_cannot_lock_out_the_user_of_a_known_device() {
        fail(ada.email(), 10);
        ada.logIn(Person.PASSWORD, Map.of("deviceToken", ada.deviceToken()))
                .then()
                .statusCode(200);
        // The token of another user's device is a stranger's.
        var other = Person.signUp();
        ada.logIn(Person.PASSWORD, Map.of("deviceToken", other.deviceToken()))
                .then()
                .statusCode(429);
    }

    @Test
    void a_known_device_has_an_allowance_and_no_more() {
        for (int i = 0; i < 10; i++) {
            ada.logIn(WRONG, Map.of("deviceToken", ada.deviceToken())).then().statusCode(401);
        }
        closed(ada.logIn(Person.PASSWORD, Map.of("deviceToken", ada.deviceToken())), 30);
        ada.logIn(Person.PASSWORD, Map.of()).then().statusCode(200);
    }

    @Test
    void a_forwarded_address_of_ones_own_making_changes_nothing() {
        for (int i = 0; i < 10; i++) {
            pretending("203.0.113." + i).then().statusCode(401);
        }
        pretending("203.0.113.99").then().statusCode(429);
    }

    @Test
    void of_a_hundred_parallel_tries_ten_are_checked() {
        var statuses = Parallel.times(100, () -> ada.logIn(WRONG, Map.of()).statusCode());
        var verified = statuses.stream().filter(status -> status == 401).count();
        assertTrue(verified >= 1 && verified <= 10, statuses.toString());
        // 503: on a busy machine the pool may send some away, uncounted
        assertTrue(
                statuses.stream().allMatch(status -> status == 401 || status == 429 || status == 503),
                statuses.toString());
    }

    @Test
    void many_parallel_right_passwords_all_get_in() {
        var statuses =
                Parallel.times(24, () -> ada.logIn(Person.PASSWORD, Map.of()).statusCode());
        assertEquals(24, statuses.stream().filter(status -> status == 200).count(), statuses.toString());
        assertEquals(
                List.of("{}"), Sql.superuser().column("select recent::text from login_attempts where " + address()));
    }

    @Test
    void parallel_right_passwords_get_in_after_failures_of_others() {
        for (int i = 0; i < 10; i++) {
            fail("nobody-" + UUID.randomUUID() + "@example.com", 1);
        }
        closed(ada.logIn(Person.PASSWORD, Map.of()), 30);
        Sql.superuser().run("update login_attempts set closed_until = now() where " + address());
        var statuses =
                Parallel.times(4, () -> ada.logIn(Person.PASSWORD, Map.of()).statusCode());
        assertEquals(4, statuses.stream().filter(status -> status == 200).count(), statuses.toString());
    }

    @Test
    void an_attempt_of_which_nothing_is_heard_has_failed() {
        OwnAddress.next();
        fail(ada.email(), 9);
        var lost = Sql.superuser()
                .run("update login_attempts set recent = recent || now() - interval '16 seconds',"
                        + " open = array[now() - interval '16 seconds'] where cardinality(recent) = 9"
                        + " and (" + account() + " or " + address() + ")");
        assertEquals(2, lost);
        closed(ada.logIn(Person.PASSWORD, Map.of()), 30);
    }

    String account() {
        return Counter.of(limits -> limits.account(ada.email()));
    }

    static String address() {
        return Counter.of(limits -> limits.address(OwnAddress.current()));
    }

    Response pretending(String address) {
        OwnAddress.pretend(address);
        return given().contentType(ContentType.JSON)
                .body(Map.of("email", "nobody-" + address + "@example.com", "password", WRONG))
                .post("/api/auth/login");
    }

    static void fail(String email, int times) {
        for (int i = 0; i < times; i++) {
            Person.logIn(email, WRONG, Map.of())
                    .then()
                    .log()
                    .ifValidationFails()
                    .statusCode(401);
        }
    }

    static void closed(Response answer, int seconds) {
        answer.then()
                .log()
                .ifValidationFails()
                .statusCode(429)
                .body("type", endsWith("too_many_attempts"))
                .body("status", is(429));
        var wait = Integer.parseInt(answer.header("Retry-After"));
        assertTrue(wait <= seconds && wait > seconds - 10, "wait: " + wait);
    }

    void passTheWait() {
        Sql.superuser()
                .run("update login_attempts set closed_until = now() where closed_until > now() and " + account());
    }
}
