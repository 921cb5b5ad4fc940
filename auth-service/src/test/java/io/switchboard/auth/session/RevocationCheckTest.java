package io.switchboard.auth.session;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.auth.AuthSettings;
import io.switchboard.auth.Person;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an access token can still do after its user, role or sign-in has ended. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(AuthSettings.class)
class RevocationCheckTest {
    Person founder;
    Person other;

    @BeforeEach
    void createTwoAdmins() {
        founder = Person.signUp();
        other = founder.invite("admin");
    }

    @Test
    void a_disabled_user_cannot_return_by_open_sessions() {
        founder.caller().patch(path(other), Map.of("isActive", false)).then().statusCode(200);
        assertEquals(List.of(401, 401, 401, 401), tries(other));
        // Reading goes on until the token ends.
        other.caller().get("/api/users").then().statusCode(200);
        // Switched on again, it takes a new sign-in.
        founder.caller().patch(path(other), Map.of("isActive", true)).then().statusCode(200);
        assertEquals(List.of(401, 401, 401, 401), tries(other));
        String anew = other.logIn(Person.PASSWORD, Map.of()).path("accessToken");
        var caller = Caller.with(other.caller().orgId(), other.caller().id(), anew);
        assertEquals(List.of(200, 201, 201, 204), tries(caller));
    }

    @Test
    void a_signed_out_user_changes_nothing() {
        Person.post("/api/auth/logout", Map.of("refreshToken", other.refreshToken()))
                .then()
                .statusCode(204);
        assertEquals(List.of(401, 401, 401, 401), tries(other));
    }

    @Test
    void a_lost_role_no_longer_acts() {
        founder.caller().patch(path(other), Map.of("role", "user")).then().statusCode(200);
        assertEquals(List.of(401, 401, 401, 401), tries(other));
    }

    @Test
    void a_deleted_user_leaves_no_access_behind() {
        founder.caller().delete(path(other)).then().statusCode(204);
        assertEquals(List.of(401, 401, 401, 401), tries(other));
    }

    @Test
    void a_suspended_organization_makes_no_new_ways_in() {
        var operator = Person.operator();
        var organization = "/api/organizations/" + founder.caller().orgId();
        operator.patch(organization, Map.of("status", "suspended")).then().statusCode(200);
        assertEquals(List.of(401, 401, 401, 401), tries(other));
    }

    @Test
    void a_revoked_access_key_changes_nothing_any_more() {
        var made = founder.caller().post("/api/access-keys", Map.of("name", "robot", "role", "admin"));
        made.then().statusCode(201);
        var robot = robot(made.path("clientId"), made.path("clientSecret"));
        var client = Map.of("companyName", "Globex", "contactEmail", "it@globex.example");
        robot.post("/api/clients", client).then().statusCode(201);
        founder.caller().delete("/api/access-keys/" + made.path("id")).then().statusCode(204);
        robot.post("/api/clients", client).then().statusCode(401);
        robot.get("/api/clients").then().statusCode(200);
    }

    Caller robot(String id, String secret) {
        String token = given().formParam("grant_type", "client_credentials")
                .formParam("client_id", id)
                .formParam("client_secret", secret)
                .post("/oauth2/token")
                .path("access_token");
        return Caller.with(founder.caller().orgId(), UUID.randomUUID(), token);
    }

    /** To get the role back, to make a key, to invite another user, to end own sign-ins. */
    List<Integer> tries(Person person) {
        return tries(person.caller());
    }

    List<Integer> tries(Caller caller) {
        var friend = "friend-" + UUID.randomUUID() + "@example.com";
        return List.of(
                caller.patch("/api/users/" + caller.id(), Map.of("isActive", true, "role", "admin"))
                        .statusCode(),
                caller.post("/api/access-keys", Map.of("name", "x", "role", "admin"))
                        .statusCode(),
                caller.post("/api/invitations", Map.of("email", friend, "role", "admin"))
                        .statusCode(),
                caller.delete("/api/me/sessions").statusCode());
    }

    static String path(Person person) {
        return "/api/users/" + person.caller().id();
    }
}
