package io.switchboard.auth;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.Sql;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** A user who has signed up or accepted an invitation through the API. */
public record Person(Caller caller, String email, String slug, String refreshToken, String deviceToken) {
    public static final String PASSWORD = "a horse, a battery, a staple";

    /** The first admin of a new organization. */
    public static Person signUp() {
        var email = "ada-" + UUID.randomUUID() + "@example.com";
        var answer = post("/api/auth/signup", signUpForm(email));
        answer.then().statusCode(201);
        return person(email, answer.path("organization.slug"), answer);
    }

    public static Map<String, Object> signUpForm(String email) {
        return Map.of(
                "organizationName", "Acme GmbH", "email", email, "password", PASSWORD, "fullName", "Ada Lovelace");
    }

    /** A colleague, by invitation. */
    public Person invite(String role) {
        var email = role + "-" + UUID.randomUUID() + "@example.com";
        String token = caller.post("/api/invitations", Map.of("email", email, "role", role))
                .path("token");
        var answer = post(
                "/api/invitations/accept", Map.of("token", token, "password", PASSWORD, "fullName", "Grace Hopper"));
        answer.then().statusCode(201);
        return person(email, slug, answer);
    }

    /** An operator of the platform; the token is one of the tests' own. */
    public static Caller operator() {
        return in("platform_admin", CallerContext.PLATFORM);
    }

    /** A new user of the organization in any role. The token is one of the tests' own. */
    public static Caller in(String role, UUID orgId) {
        var caller = Caller.of(role, orgId);
        Sql.superuser()
                .run(("insert into users (org_id, id, email, full_name, role, password_hash)"
                                + " values ('%s', '%s', '%s@example.com', 'Grace Hopper', '%s', 'none')")
                        .formatted(orgId, caller.id(), caller.id(), role.equals("totp_pending") ? "admin" : role));
        return caller;
    }

    /** The service's role at work for the organization. */
    public Sql sql() {
        return Sql.superuser().caller(caller.orgId(), "service").with("app.service", "auth-service");
    }

    /** A new PIN client of the organization: its id and PIN. */
    public Map<String, String> addClient() {
        var answer = caller.post("/api/clients", Map.of("companyName", "Globex", "contactEmail", "it@globex.example"));
        answer.then().statusCode(201);
        return Map.of("id", answer.path("id"), "pin", answer.path("pin"));
    }

    public Response logIn(String password, Map<String, String> more) {
        return logIn(email, password, more);
    }

    public static Response logIn(String email, String password, Map<String, String> more) {
        var form = new HashMap<String, Object>(more);
        form.put("email", email);
        form.put("password", password);
        return post("/api/auth/login", form);
    }

    public static Response post(String path, Object body) {
        return given().contentType(ContentType.JSON).body(body).post(path);
    }

    private static Person person(String email, String slug, Response answer) {
        var caller = Caller.with(
                UUID.fromString(answer.path("user.orgId")),
                UUID.fromString(answer.path("user.id")),
                answer.path("accessToken"));
        return new Person(caller, email, slug, answer.path("refreshToken"), answer.path("deviceToken"));
    }
}
