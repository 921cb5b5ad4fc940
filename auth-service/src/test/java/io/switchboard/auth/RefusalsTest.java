package io.switchboard.auth;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesRegex;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Refusals say what to do next, and nothing of what is inside. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(AuthSettings.class)
class RefusalsTest {
    Person acme;

    @BeforeEach
    void signUp() {
        acme = Person.signUp();
    }

    @Test
    void nothing_is_as_good_as_a_body_in_which_everything_is_optional() {
        var client = acme.addClient();
        bodiless()
                .post("/api/clients/" + client.get("id") + "/pin")
                .then()
                .statusCode(200)
                .body("pin", notNullValue());
        bodiless()
                .delete("/api/me/totp")
                .then()
                .statusCode(422)
                .body("errors[0].field", is("currentPassword"))
                .body("errors[0].message", is("or code is needed"));
    }

    @Test
    void a_required_text_has_something_to_see() {
        for (var unseen : List.of(" ", "\u00a0", "\u200b", "\u2066\u2069", "\ufeff")) {
            for (var field : List.of("organizationName", "fullName")) {
                var form = new HashMap<>(Person.signUpForm("eve-" + UUID.randomUUID() + "@example.com"));
                form.put(field, unseen);
                named(Person.post("/api/auth/signup", form), field);
            }
            named(acme.caller().patch("/api/organization", Map.of("name", unseen)), "name");
            named(acme.caller().patch("/api/me", Map.of("fullName", unseen)), "fullName");
            var client = Map.of("companyName", unseen, "contactEmail", "it@globex.example");
            named(acme.caller().post("/api/clients", client), "companyName");
        }
    }

    @Test
    void a_body_that_is_needed_is_asked_for() {
        bodiless().post("/api/clients").then().statusCode(400).body("type", endsWith("body_missing"));
        given().post("/api/auth/login").then().statusCode(400).body("type", endsWith("body_missing"));
        bodiless()
                .contentType("text/plain")
                .body("x")
                .post("/api/clients")
                .then()
                .statusCode(415);
    }

    @Test
    void a_limit_that_is_used_up_says_until_when() {
        for (int i = 0; i < 10; i++) {
            Person.logIn(acme.email(), "wrong horse, wrong battery", Map.of());
        }
        Person.logIn(acme.email(), "wrong horse, wrong battery", Map.of())
                .then()
                .statusCode(429)
                .header("Retry-After", matchesRegex("[1-9][0-9]*"))
                .header("RateLimit", matchesRegex("\"too_many_attempts\";r=0;t=[1-9][0-9]*"));
    }

    @Test
    void who_is_nobody_is_told_which_credential_counts() {
        for (var authorization : new String[] {"Bearer nonsense", "Basic x"}) {
            var request = given().header("Authorization", authorization);
            request.get("/api/auth/session").then().statusCode(401).header("WWW-Authenticate", is("Bearer"));
            request.delete("/api/auth/session").then().statusCode(401).header("WWW-Authenticate", is("Bearer"));
            request.get("/api/me").then().statusCode(401).header("WWW-Authenticate", is("Bearer"));
        }
    }

    /** PostgreSQL knows younger letters than the JDK, and which of them are capitals. */
    @Test
    void an_email_in_letters_that_are_not_known_is_refused_by_field() {
        var email = "\uA7C0A-" + UUID.randomUUID() + "@x.example";
        refused(Person.post("/api/auth/signup", Person.signUpForm(email)), "email");
        refused(acme.caller().post("/api/invitations", Map.of("email", email, "role", "agent")), "email");
        refused(
                Person.operator().post("/api/organizations", Map.of("name", "Globex", "adminEmail", email)),
                "adminEmail");
    }

    @Test
    void only_users_who_are_there_keep_keys() {
        var groq = "/api/api-keys/groq";
        var key = Map.of("apiKey", "gsk_live_0123456789");
        Caller.accessKey("agent", acme.caller().orgId())
                .put(groq, key)
                .then()
                .statusCode(403)
                .body("type", endsWith("people_only"));
        var gone = acme.invite("agent");
        acme.caller().delete("/api/users/" + gone.caller().id()).then().statusCode(204);
        gone.caller().put(groq, key).then().statusCode(401).body("type", endsWith("unauthorized"));
    }

    @Test
    void what_was_created_is_where_the_answer_says() {
        var invited = acme.caller().post("/api/invitations", Map.of("email", "grace@x.example", "role", "agent"));
        stands(invited).body("email", is("grace@x.example")).body("$", not(hasKey("token")));
        var key = acme.caller().post("/api/access-keys", Map.of("name", "Nightly", "role", "agent"));
        stands(key).body("clientId", is((String) key.path("clientId"))).body("$", not(hasKey("clientSecret")));
        acme.caller().delete(key.header("Location")).then().statusCode(204);
        acme.caller().get(key.header("Location")).then().statusCode(404).body("type", endsWith("access_key_not_found"));
    }

    private ValidatableResponse stands(Response created) {
        return acme.caller()
                .get(created.then().statusCode(201).extract().header("Location"))
                .then()
                .statusCode(200)
                .header("ETag", is(created.header("ETag")))
                .body("id", is((String) created.path("id")));
    }

    private RequestSpecification bodiless() {
        return given().header("Authorization", "Bearer " + acme.caller().token());
    }

    private static void refused(Response answer, String field) {
        answer.then().statusCode(422).body("type", endsWith(":invalid")).body("errors.field", contains(field));
    }

    private static void named(Response answer, String field) {
        answer.then().statusCode(422).body("errors.field", contains(field));
    }
}
