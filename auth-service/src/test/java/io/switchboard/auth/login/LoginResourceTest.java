package io.switchboard.auth.login;

import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Header;
import io.switchboard.auth.AuthSettings;
import io.switchboard.auth.OwnAddress;
import io.switchboard.auth.Person;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.test.AuditTrail;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(AuthSettings.class)
class LoginResourceTest {

    @Test
    void a_signup_founds_an_organization_with_its_admin() {
        var email = "ADA-" + UUID.randomUUID() + "@Example.com";
        Person.post("/api/auth/signup", Person.signUpForm(email))
                .then()
                .log()
                .ifValidationFails()
                .statusCode(201)
                .header("Location", endsWith("/api/organization"))
                .body("organization.name", is("Acme GmbH"))
                .body("organization.slug", startsWith("acme-gmbh"))
                .body("organization.status", is("active"))
                .body("user.email", is(email.toLowerCase()))
                .body("user.role", is("admin"))
                .body("user.subscriptionTier", is("free"))
                .body("user.maxAgents", is(3))
                .body("user.monthlyTokenQuota", is(100_000))
                .body("user.isActive", is(true))
                .body("user.passwordHash", nullValue())
                .body("accessToken", notNullValue())
                .body("refreshToken", notNullValue())
                .body("expiresIn", both(greaterThan(240)).and(lessThanOrEqualTo(300)));
    }

    @Test
    void an_email_belongs_to_one_organization_and_names_may_repeat() {
        var ada = Person.signUp();
        Person.post("/api/auth/signup", Person.signUpForm(ada.email().toUpperCase()))
                .then()
                .statusCode(409)
                .body("type", endsWith("email_taken"));
        var other = Person.signUp();
        assertNotEquals(ada.slug(), other.slug());
    }

    @Test
    void what_is_wrong_with_a_sign_up_is_said_by_field() {
        var form = new HashMap<>(Person.signUpForm("nobody"));
        form.put("fullName", " ");
        Person.post("/api/auth/signup", form)
                .then()
                .statusCode(422)
                .body("errors.field", equalTo(List.of("email", "fullName")));
        form.putAll(Person.signUpForm("short-" + UUID.randomUUID() + "@example.com"));
        form.put("password", "password123");
        Person.post("/api/auth/signup", form).then().statusCode(422).body("errors[0].field", is("password"));
        form.put("role", "platform_admin");
        Person.post("/api/auth/signup", form).then().statusCode(400).body("type", endsWith("unknown_field"));
    }

    @Test
    void a_password_lets_its_user_in() {
        var ada = Person.signUp();
        var login = ada.logIn(Person.PASSWORD, Map.of());
        login.then()
                .statusCode(200)
                .body("tokenType", is("Bearer"))
                .body("expiresIn", both(greaterThan(240)).and(lessThanOrEqualTo(300)))
                .body("user.id", is(ada.caller().id().toString()))
                .body("user.lastLoginAt", notNullValue())
                .body("deviceToken", notNullValue());
        ada.logIn(Person.PASSWORD, Map.of("deviceToken", ada.deviceToken()))
                .then()
                .statusCode(200)
                .body("deviceToken", is(ada.deviceToken()));
        Person.logIn(" " + ada.email().toUpperCase(), Person.PASSWORD, Map.of())
                .then()
                .statusCode(200);
    }

    @Test
    void unknown_wrong_and_disabled_get_the_same_answer() {
        var ada = Person.signUp();
        var grace = ada.invite("agent");
        ada.sql()
                .run("update users set is_active = false where id = '"
                        + grace.caller().id() + "'");
        var wrong = ada.logIn("a horse, a battery", Map.of());
        var unknown = Person.logIn("nobody-" + UUID.randomUUID() + "@example.com", Person.PASSWORD, Map.of());
        var disabled = grace.logIn(Person.PASSWORD, Map.of());
        for (var answer : List.of(wrong, unknown, disabled)) {
            answer.then()
                    .statusCode(401)
                    .body("type", endsWith("unauthorized"))
                    .body("detail", is(wrong.<String>path("detail")));
            assertEquals(
                    wrong.headers().asList().stream().map(Header::getName).toList(),
                    answer.headers().asList().stream().map(Header::getName).toList());
        }
    }

    @Test
    void every_sign_in_and_refusal_is_recorded_and_no_secret_is() {
        var ada = Person.signUp();
        ada.logIn("a horse, a battery", Map.of()).then().statusCode(401);
        ada.logIn(Person.PASSWORD, Map.of()).then().statusCode(200);
        Person.post("/api/auth/logout", Map.of("refreshToken", ada.refreshToken()))
                .then()
                .statusCode(204);
        var org = ada.caller().orgId();
        var logins = AuditTrail.await(3, org, "login");
        assertEquals(
                1,
                logins.stream()
                        .filter(event -> event.getString("outcome").equals("failure"))
                        .count());
        assertTrue(logins.stream()
                .allMatch(event ->
                        event.getString("resourceId").equals(ada.caller().id().toString())
                                && event.getString("ipAddress").equals(OwnAddress.current())
                                && event.getString("userAgent") != null));
        assertEquals(
                ada.caller().id().toString(),
                AuditTrail.await(1, org, "logout").get(0).getString("actorId"));
        var all = AuditTrail.await(5, org, "create").toString() + AuditTrail.await(2, org, "update") + logins;
        assertFalse(all.contains(ada.refreshToken()) || all.contains("$argon2id$") || all.contains(Person.PASSWORD));
    }

    @Test
    void an_unknown_email_is_recorded_for_the_platform_by_hash() {
        var email = "nobody-" + UUID.randomUUID() + "@example.com";
        Person.logIn(email, Person.PASSWORD, Map.of()).then().statusCode(401);
        var refused = AuditTrail.await(CallerContext.PLATFORM, "login", event -> event.getString("outcome")
                .equals("failure"));
        assertFalse(refused.encode().contains(email));
    }

    @Test
    void a_user_sees_and_changes_the_own_profile() {
        var ada = Person.signUp();
        var me = ada.caller().get("/api/me");
        me.then().statusCode(200).body("email", is(ada.email())).header("ETag", "\"0\"");
        ada.caller()
                .patch("/api/me", Map.of("fullName", "Ada King", "metadata", Map.of("theme", "dark")))
                .then()
                .log()
                .ifValidationFails()
                .statusCode(200)
                .body("fullName", is("Ada King"))
                .body("metadata.theme", is("dark"))
                .header("ETag", not("\"0\""));
        ada.caller()
                .request()
                .header("If-Match", "\"0\"")
                .contentType("application/merge-patch+json")
                .body(Map.of("fullName", "Too late"))
                .patch("/api/me")
                .then()
                .statusCode(412);
        ada.caller().patch("/api/me", Map.of("role", "platform_admin")).then().statusCode(400);
        ada.caller()
                .patch("/api/me", Map.of("avatarUrl", "javascript:alert(1)"))
                .then()
                .statusCode(422);
    }

    @Test
    void a_password_changed_during_its_check_is_refused() {
        var ada = Person.signUp();
        var login = Sql.superuser()
                .runDuring(
                        "update users set password_hash = password_hash || 'x' where id = '"
                                + ada.caller().id() + "'",
                        () -> ada.logIn(Person.PASSWORD, Map.of()));
        login.then().statusCode(401).body("type", endsWith("unauthorized"));
        nothing_opened(ada, "refresh_families where user_id", "1");
    }

    @Test
    void a_password_typed_with_combining_marks_is_the_same_password() {
        var email = "grace-" + UUID.randomUUID() + "@example.com";
        var form = new HashMap<>(Person.signUpForm(email));
        form.put("password", "Stra\u00dfenm\u00fcller \u00e5 1");
        Person.post("/api/auth/signup", form).then().statusCode(201);
        Person.logIn(email, "Stra\u00dfenmu\u0308ller a\u030a 1", Map.of())
                .then()
                .statusCode(200);
        Person.logIn(email, "Strassenmu\u0308ller a 1", Map.of()).then().statusCode(401);
    }

    @Test
    void a_sign_in_during_a_password_change_ends_with_it() {
        var ada = Person.signUp();
        // As SignIn does it, with a token that the change cannot know.
        var change = Sql.superuser()
                .runDuring(
                        "update users set last_login_at = now() where id = '"
                                + ada.caller().id()
                                + "'; insert into refresh_families (org_id, id, user_id, token_hash) values ('"
                                + ada.caller().orgId() + "', gen_random_uuid(), '"
                                + ada.caller().id() + "', 'a hash')",
                        () -> ada.caller()
                                .post(
                                        "/api/auth/password/change",
                                        Map.of("currentPassword", Person.PASSWORD, "newPassword", "a mule, a dynamo")));
        change.then().statusCode(204);
        nothing_opened(ada, "refresh_families where revoked_at is null and user_id", "1");
        Person.post("/api/auth/refresh", Map.of("refreshToken", ada.refreshToken()))
                .then()
                .statusCode(200);
    }

    static void nothing_opened(Person person, String where, String count) {
        assertEquals(
                List.of(count),
                Sql.superuser()
                        .column("select count(*) from " + where + " = '"
                                + person.caller().id() + "'"));
    }

    @Test
    void a_user_has_twenty_known_devices_and_the_oldest_goes() {
        var ada = Person.signUp();
        for (int i = 0; i < 20; i++) {
            ada.logIn(Person.PASSWORD, Map.of()).then().statusCode(200);
        }
        assertEquals(
                List.of("20"),
                Sql.superuser()
                        .column("select count(*) from device_tokens where user_id = '"
                                + ada.caller().id() + "'"));
        var oldest = ada.logIn(Person.PASSWORD, Map.of("deviceToken", ada.deviceToken()));
        assertNotEquals(ada.deviceToken(), oldest.path("deviceToken"));
        var newest = ada.logIn(Person.PASSWORD, Map.of("deviceToken", oldest.path("deviceToken")));
        assertEquals(oldest.<String>path("deviceToken"), newest.path("deviceToken"));
    }

    @Test
    void after_signing_out_the_refresh_token_is_dead() {
        var ada = Person.signUp();
        Person.post("/api/auth/logout", Map.of("refreshToken", ada.refreshToken()))
                .then()
                .statusCode(204);
        Person.post("/api/auth/refresh", Map.of("refreshToken", ada.refreshToken()))
                .then()
                .statusCode(401);
        Person.post("/api/auth/logout", Map.of("refreshToken", ada.refreshToken()))
                .then()
                .statusCode(204);
    }
}
