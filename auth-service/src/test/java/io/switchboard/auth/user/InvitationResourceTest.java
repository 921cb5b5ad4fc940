package io.switchboard.auth.user;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.switchboard.auth.AuthSettings;
import io.switchboard.auth.Mailed;
import io.switchboard.auth.Parallel;
import io.switchboard.auth.Person;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.test.AuditTrail;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(AuthSettings.class)
class InvitationResourceTest {
    final String email = "grace-" + UUID.randomUUID() + "@example.com";
    Person acme;

    @BeforeEach
    void signUp() {
        acme = Person.signUp();
    }

    @Test
    void an_invited_user_joins_in_the_invitations_role() {
        var invitation = invite(email.toUpperCase(), "agent");
        invitation
                .then()
                .log()
                .ifValidationFails()
                .statusCode(201)
                .body("email", is(email))
                .body("role", is("agent"))
                .body("status", is("pending"))
                .body("acceptUrl", containsString(invitation.path("token")))
                .body("expiresAt", notNullValue());
        var joined = accept(invitation.path("token"));
        joined.then()
                .log()
                .ifValidationFails()
                .statusCode(201)
                .body("user.email", is(email))
                .body("user.role", is("agent"))
                .body("user.orgId", is(acme.caller().orgId().toString()))
                .body("accessToken", notNullValue());
        Person.logIn(email, Person.PASSWORD, Map.of()).then().statusCode(200);
        acme.caller()
                .get("/api/invitations")
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].status", is("accepted"))
                .body("items[0].token", nullValue());
    }

    @Test
    void a_token_shown_in_parallel_admits_one() {
        String token = invite(email, "customer").path("token");
        var answers = Parallel.times(15, () -> accept(token).statusCode());
        assertEquals(1, answers.stream().filter(status -> status == 201).count());
        assertEquals(10, answers.stream().filter(status -> status == 404).count());
        assertEquals(4, answers.stream().filter(status -> status == 429).count());
    }

    @Test
    void ended_and_unknown_invitations_are_not_found() {
        var revoked = invite(email, "agent");
        acme.caller().delete("/api/invitations/" + revoked.path("id")).then().statusCode(204);
        acme.caller()
                .delete("/api/invitations/" + revoked.path("id"))
                .then()
                .statusCode(409)
                .body("type", endsWith("invitation_ended"));
        accept(revoked.path("token")).then().statusCode(404);
        var superseded = invite(email, "agent");
        var newest = invite(email, "user");
        accept(superseded.path("token")).then().statusCode(404);
        Sql.superuser().run("update invitations set expires_at = now() where id = '" + newest.path("id") + "'");
        accept(newest.path("token")).then().statusCode(404);
        accept("nobody's").then().statusCode(404);
    }

    @Test
    void bad_tokens_are_throttled_but_a_valid_one_still_works() {
        String token = invite(email, "agent").path("token");
        var revoked = invite("another-" + email, "agent");
        acme.caller().delete("/api/invitations/" + revoked.path("id")).then().statusCode(204);
        var agent = UUID.randomUUID().toString();
        for (int i = 0; i < 5; i++) {
            accept("nobody's", agent).then().statusCode(404).body("type", endsWith("invitation_not_found"));
            accept(revoked.path("token"), agent).then().statusCode(404);
        }
        accept("nobody's", agent).then().statusCode(429).body("type", endsWith("too_many_attempts"));
        accept(revoked.path("token"), agent).then().statusCode(429);
        accept(token).then().statusCode(201);
        var events = AuditTrail.await(
                10,
                event -> agent.equals(event.getString("userAgent"))
                        && event.getString("action").equals("accept")
                        && event.getString("outcome").equals("failure"));
        assertEquals(10, events.size());
        assertEquals(
                5,
                events.stream()
                        .filter(event -> event.getString("orgId").equals(CallerContext.PLATFORM.toString())
                                && event.getString("resourceId") == null)
                        .count());
        assertEquals(
                5,
                events.stream()
                        .filter(event -> event.getString("orgId")
                                        .equals(acme.caller().orgId().toString())
                                && revoked.path("id").equals(event.getString("resourceId")))
                        .count());
    }

    @Test
    void an_invitation_has_expired_from_the_moment_it_is_over() {
        var late = invite(email, "agent");
        var path = "/api/invitations/" + late.path("id");
        Sql.superuser().run("update invitations set expires_at = now() where id = '" + late.path("id") + "'");
        acme.caller().get("/api/invitations").then().body("items.status", contains("expired"));
        acme.caller()
                .delete(path)
                .then()
                .statusCode(409)
                .body("type", endsWith("invitation_ended"))
                .body("detail", is("The invitation is expired already."));
        accept(late.path("token")).then().statusCode(404);
        var next = invite(email, "agent");
        acme.caller().get("/api/invitations").then().body("items.status", contains("pending", "expired"));
        assertEquals(
                List.of("expired"),
                Sql.superuser().column("select status::text from invitations where id = '" + late.path("id") + "'"));
        acme.caller().delete(path).then().statusCode(409);
        acme.caller().delete("/api/invitations/" + next.path("id")).then().statusCode(204);
        acme.caller().get("/api/invitations").then().body("items.status", contains("revoked", "expired"));
    }

    @Test
    void an_invitation_accepted_meanwhile_is_not_revoked() {
        String id = invite(email, "agent").path("id");
        Sql.superuser()
                .runDuring("update invitations set status = 'accepted' where id = '" + id + "'", () -> acme.caller()
                        .delete("/api/invitations/" + id))
                .then()
                .statusCode(409)
                .body("type", endsWith("invitation_ended"));
    }

    @Test
    void the_email_of_a_user_cannot_be_invited() {
        invite(Person.signUp().email(), "agent")
                .then()
                .log()
                .ifValidationFails()
                .statusCode(409)
                .body("type", endsWith("email_taken"));
        String token = invite(email, "agent").path("token");
        Person.post("/api/auth/signup", Person.signUpForm(email)).then().statusCode(201);
        accept(token).then().statusCode(409).body("type", endsWith("email_taken"));
    }

    @Test
    void operators_are_not_made_by_invitation() {
        invite(email, "platform_admin").then().statusCode(422).body("errors[0].field", is("role"));
        invite(email, "service").then().statusCode(422);
        invite("nobody", "agent").then().statusCode(422);
    }

    @Test
    void only_admins_invite_and_only_for_their_own() {
        acme.invite("agent")
                .caller()
                .post("/api/invitations", Map.of("email", email, "role", "admin"))
                .then()
                .statusCode(403);
        String id = invite(email, "agent").path("id");
        Person.signUp().caller().delete("/api/invitations/" + id).then().statusCode(404);
    }

    @Test
    void a_repeated_invitation_answers_the_first_one_again() {
        var request =
                acme.caller().request().header("Idempotency-Key", email).body(Map.of("email", email, "role", "agent"));
        var first = request.post("/api/invitations");
        first.then().statusCode(201);
        acme.caller()
                .request()
                .header("Idempotency-Key", email)
                .body(Map.of("email", email, "role", "agent"))
                .post("/api/invitations")
                .then()
                .statusCode(201)
                .body("token", is(first.<String>path("token")));
    }

    @Test
    void invitations_of_an_email_are_limited_by_the_day() {
        for (int organizations = 0; organizations < 4; organizations++) {
            acme = Person.signUp();
            for (int i = 0; i < 5; i++) {
                invite(email, "agent").then().statusCode(201);
            }
            invite(email, "agent").then().statusCode(429);
        }
        acme = Person.signUp();
        invite(email.toUpperCase(), "agent")
                .then()
                .statusCode(429)
                .header("Retry-After", notNullValue())
                .body("type", endsWith("too_many_invitations"));
        invite("other-" + email, "agent").then().statusCode(201);
    }

    @Test
    void invitations_of_an_organization_are_limited_by_the_day() {
        var most = ConfigProvider.getConfig().getValue("switchboard.throttle.invitations-a-day", Integer.class);
        invite(Person.signUp().email(), "agent").then().statusCode(409);
        for (int i = 0; i < most; i++) {
            invite(i + email, "agent").then().statusCode(201);
        }
        invite(email, "agent").then().statusCode(429).body("type", endsWith("too_many_invitations"));
        acme = Person.signUp();
        invite(email, "agent").then().statusCode(201);
    }

    @Test
    void an_organization_learns_of_so_many_taken_emails_a_day() {
        var taken = Person.signUp().email();
        for (int i = 0; i < 30; i++) {
            invite(taken, "agent").then().statusCode(409).body("type", endsWith("email_taken"));
        }
        invite(taken, "agent").then().statusCode(429).body("type", endsWith("too_many_attempts"));
    }

    @Test
    void a_name_that_looks_like_a_link_is_left_out_of_the_letter() {
        invite(email, "agent");
        assertTrue(Mailed.to(email, 1).get(0).getText().contains("join Acme GmbH at Switchboard"));
        var names = List.of("Win at evil.example", "http://evil", "WWW.evil");
        for (int i = 0; i < names.size(); i++) {
            acme.caller()
                    .patch("/api/organization", Map.of("name", names.get(i)))
                    .then()
                    .statusCode(200);
            invite(i + email, "agent").then().statusCode(201);
            var text = Mailed.to(i + email, 1).get(0).getText();
            assertTrue(text.contains("join an organization at") && !text.contains("evil"), text);
        }
    }

    Response invite(String email, String role) {
        return acme.caller().post("/api/invitations", Map.of("email", email, "role", role));
    }

    static Response accept(String token) {
        return accept(token, "a browser");
    }

    static Response accept(String token, String agent) {
        return given().contentType(ContentType.JSON)
                .header("User-Agent", agent)
                .body(Map.of("token", token, "password", Person.PASSWORD, "fullName", "Grace Hopper"))
                .post("/api/invitations/accept");
    }
}
