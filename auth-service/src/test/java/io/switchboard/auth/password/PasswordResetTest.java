package io.switchboard.auth.password;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.switchboard.auth.AuthSettings;
import io.switchboard.auth.Mailed;
import io.switchboard.auth.OwnAddress;
import io.switchboard.auth.Parallel;
import io.switchboard.auth.Person;
import io.switchboard.auth.throttle.Counter;
import io.switchboard.auth.token.AddressedToken;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.test.AuditTrail;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(AuthSettings.class)
class PasswordResetTest {
    static final String NEW = "a mule, a dynamo, a paper clip";

    Person ada;

    @BeforeEach
    void signUp() {
        ada = Person.signUp();
    }

    @Test
    void a_forgotten_password_is_replaced_by_mail() {
        forgot(ada.email().toUpperCase()).then().statusCode(202);
        var mail = Mailed.to(ada.email(), 1).get(0);
        assertTrue(mail.getText().contains("http://127.0.0.1:8081/reset#token="), mail.getText());
        var token = Mailed.token(ada.email(), 1);
        reset(token, "password123").then().statusCode(422).body("errors[0].field", is("newPassword"));
        reset(token, NEW).then().log().ifValidationFails().statusCode(204);
        reset(token, NEW + "!").then().statusCode(422);
        PasswordChangeTest.refresh(ada.refreshToken()).then().statusCode(401);
        ada.logIn(Person.PASSWORD, Map.of()).then().statusCode(401);
        ada.logIn(NEW, Map.of()).then().statusCode(200);
    }

    @Test
    void one_of_many_parallel_resets_wins() {
        forgot(ada.email());
        forgot(ada.email());
        var tokens = List.of(Mailed.token(ada.email(), 1), Mailed.token(ada.email(), 2));
        var number = new AtomicInteger();
        var statuses = Parallel.times(8, () -> {
            var i = number.incrementAndGet();
            return reset(tokens.get(i % 2), NEW + i).statusCode();
        });
        assertEquals(1, statuses.stream().filter(status -> status == 204).count(), statuses.toString());
        assertEquals(7, statuses.stream().filter(status -> status == 422).count(), statuses.toString());
    }

    @Test
    void unknown_used_expired_and_disabled_get_the_same_answer() {
        forgot(ada.email());
        var expired = Mailed.token(ada.email(), 1);
        Sql.superuser()
                .run("update password_resets set expires_at = now() where org_id = '"
                        + ada.caller().orgId() + "'");
        var grace = ada.invite("agent");
        forgot(grace.email());
        // The first mail was the invitation.
        var disabled = Mailed.token(grace.email(), 2);
        disable(grace);
        var bob = Person.signUp();
        forgot(bob.email());
        var used = Mailed.token(bob.email(), 1);
        reset(used, NEW).then().statusCode(204);
        for (var token : List.of(expired, disabled, used, "nobody's", used.substring(0, 80) + "AAAAAA")) {
            reset(token, NEW)
                    .then()
                    .statusCode(422)
                    .body("errors[0].field", is("token"))
                    .body("errors[0].message", is("is unknown, used or expired"));
        }
    }

    @Test
    void bad_tokens_are_throttled_but_a_valid_one_still_works() {
        forgot(ada.email());
        var good = Mailed.token(ada.email(), 1);
        var agent = UUID.randomUUID().toString();
        var org = ada.caller().orgId();
        var nowhere = AddressedToken.next(UUID.randomUUID(), UUID.randomUUID()).reveal();
        var unknown = AddressedToken.next(org, UUID.randomUUID()).reveal();
        var wrong = good.substring(0, 50) + "A".repeat(good.length() - 50);
        var tokens = List.of("junk", nowhere, unknown, wrong);
        for (int i = 0; i < 10; i++) {
            reset(tokens.get(i % 4), NEW, agent).then().statusCode(422).body("errors[0].field", is("token"));
        }
        for (var token : tokens) {
            reset(token, NEW, agent).then().statusCode(429).body("type", endsWith("too_many_attempts"));
        }
        reset(good, NEW, agent).then().statusCode(204);
        var events = AuditTrail.await(
                12,
                event -> agent.equals(event.getString("userAgent"))
                        && List.of("password_reset", "lock").contains(event.getString("action")));
        var refusals = events.stream()
                .filter(event -> event.getString("outcome").equals("failure"))
                .toList();
        assertEquals(10, refusals.size());
        assertEquals(
                6,
                refusals.stream()
                        .filter(event -> isOf(CallerContext.PLATFORM, null, event))
                        .count());
        assertEquals(
                2, refusals.stream().filter(event -> isOf(org, null, event)).count());
        assertEquals(
                2,
                refusals.stream()
                        .filter(event -> isOf(org, ada.caller().id(), event))
                        .count());
        assertEquals(
                1,
                events.stream()
                        .filter(event -> event.getString("action").equals("lock"))
                        .count());
    }

    static boolean isOf(UUID org, UUID user, JsonObject event) {
        return org.toString().equals(event.getString("orgId"))
                && Objects.equals(user == null ? null : user.toString(), event.getString("resourceId"));
    }

    static Response reset(String token, String password, String agent) {
        return given().contentType(ContentType.JSON)
                .header("User-Agent", agent)
                .body(Map.of("token", token, "newPassword", password))
                .post("/api/auth/password/reset");
    }

    @Test
    void a_changed_password_makes_outstanding_mails_worthless() {
        forgot(ada.email());
        var token = Mailed.token(ada.email(), 1);
        PasswordChangeTest.change(ada, Person.PASSWORD, NEW).then().statusCode(204);
        reset(token, NEW + "!").then().statusCode(422);
    }

    @Test
    void any_address_is_answered_alike_and_only_a_user_gets_mail() {
        var nobody = "nobody-" + UUID.randomUUID() + "@example.com";
        var grace = ada.invite("agent");
        disable(grace);
        for (var email : List.of(nobody, grace.email(), "no address at all\r\nBcc: x@example.com", ada.email())) {
            forgot(email).then().statusCode(202).body(is(""));
        }
        Mailed.to(ada.email(), 1);
        Mailed.to(grace.email(), 1);
        assertEquals(
                List.of("0"),
                Sql.superuser()
                        .column("select count(*) from password_resets where user_id = '"
                                + grace.caller().id() + "'"));
        assertTrue(AuditTrail.await(1, CallerContext.PLATFORM, "password_reset_requested").stream()
                .noneMatch(event -> event.toString().contains(nobody)));
    }

    @Test
    void more_than_five_mails_an_hour_are_not_sent() {
        for (int i = 0; i < 7; i++) {
            forgot(ada.email()).then().statusCode(202);
        }
        Mailed.to(ada.email(), 5);
        assertEquals(
                List.of("5"),
                Sql.superuser()
                        .column("select count(*) from password_resets where org_id = '"
                                + ada.caller().orgId() + "'"));
        assertEquals(
                List.of("0"),
                Sql.superuser()
                        .column("select count(*) from outbox where destination = 'mail' and org_id = '"
                                + ada.caller().orgId() + "'"));
        assertEquals(5, Mailed.to(ada.email(), 5).size());
    }

    @Test
    void too_many_requests_for_mail_from_an_address_are_throttled() {
        var key = Counter.key(limits -> limits.resetsFrom(OwnAddress.current()));
        Sql.superuser()
                .run("insert into login_attempts (scope, key, recent) values ('address', decode('" + key
                        + "', 'hex'), array_fill(now(), array[1000]))");
        forgot(ada.email()).then().statusCode(429).body("type", endsWith("too_many_attempts"));
        forgot("nobody@example.com").then().statusCode(429);
    }

    @Test
    void a_reset_opens_an_account_that_was_closed_for_good() {
        ada.logIn("a horse, a battery", Map.of()).then().statusCode(401);
        Sql.superuser()
                .run("update login_attempts set in_a_row = 20 where "
                        + Counter.of(limits -> limits.account(ada.email())));
        ada.logIn("a horse, a battery", Map.of()).then().statusCode(429);
        ada.logIn(Person.PASSWORD, Map.of()).then().statusCode(429);
        forgot(ada.email());
        reset(Mailed.token(ada.email(), 1), NEW).then().statusCode(204);
        ada.logIn(NEW, Map.of()).then().statusCode(200);
    }

    @Test
    void a_reset_forgets_known_devices_too() {
        forgot(ada.email());
        reset(Mailed.token(ada.email(), 1), NEW).then().statusCode(204);
        String device = ada.logIn(NEW, Map.of("deviceToken", ada.deviceToken())).path("deviceToken");
        assertFalse(device.equals(ada.deviceToken()));
    }

    @Test
    void all_of_it_is_recorded_and_no_secret_is() {
        var org = ada.caller().orgId();
        PasswordChangeTest.change(ada, "a horse, a battery", NEW).then().statusCode(422);
        PasswordChangeTest.change(ada, Person.PASSWORD, NEW).then().statusCode(204);
        forgot(ada.email());
        var token = Mailed.token(ada.email(), 1);
        reset(token, Person.PASSWORD).then().statusCode(204);
        var changed = AuditTrail.await(2, org, "password_changed");
        var requested = AuditTrail.await(1, org, "password_reset_requested");
        var done = AuditTrail.await(1, org, "password_reset");
        assertEquals(
                List.of("failure", "success"),
                changed.stream().map(event -> event.getString("outcome")).toList());
        assertEquals("success", requested.get(0).getString("outcome"));
        for (var event : List.of(changed.get(0), changed.get(1), requested.get(0), done.get(0))) {
            assertEquals(ada.caller().id().toString(), event.getString("resourceId"));
            assertEquals(OwnAddress.current(), event.getString("ipAddress"));
            assertTrue(event.getString("userAgent") != null);
        }
        var all = AuditTrail.await(1, org, "create").toString()
                + AuditTrail.await(1, org, "update")
                + AuditTrail.await(1, org, "delete")
                + changed
                + requested
                + done;
        assertFalse(all.contains(token) || all.contains(NEW) || all.contains("$argon2id$"));
    }

    static Response forgot(String email) {
        return Person.post("/api/auth/password/forgot", Map.of("email", email));
    }

    static Response reset(String token, String password) {
        return Person.post("/api/auth/password/reset", Map.of("token", token, "newPassword", password));
    }

    void disable(Person person) {
        ada.sql()
                .run("update users set is_active = false where id = '"
                        + person.caller().id() + "'");
    }
}
