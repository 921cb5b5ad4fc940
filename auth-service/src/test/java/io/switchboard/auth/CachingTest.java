package io.switchboard.auth;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.switchboard.kit.test.PostgresResource;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(AuthSettings.class)
class CachingTest {

    @Test
    void nothing_on_the_way_keeps_what_carries_a_secret() {
        var email = "grace-" + UUID.randomUUID() + "@example.com";
        notKept(201, Person.post("/api/auth/signup", Person.signUpForm(email)));
        var ada = Person.signUp();
        notKept(200, ada.logIn(Person.PASSWORD, Map.of()));
        notKept(200, Person.post("/api/auth/refresh", Map.of("refreshToken", ada.refreshToken())));
        var client = ada.addClient();
        var pin = Person.post("/api/auth/pin", Map.of("pin", client.get("pin")));
        notKept(200, pin);
        notKept(
                200,
                given().header("Authorization", "Bearer " + pin.path("sessionToken"))
                        .get("/api/auth/session"));
        notKept(
                201,
                ada.caller()
                        .post("/api/clients", Map.of("companyName", "Initech", "contactEmail", "it@initech.example")));
        notKept(200, ada.caller().post("/api/clients/" + client.get("id") + "/pin", Map.of()));
        notKept(201, ada.caller().post("/api/access-keys", Map.of("name", "till", "role", "agent")));
        notKept(200, ada.caller().post("/api/me/totp", Map.of()));
        var invitation = ada.caller()
                .post("/api/invitations", Map.of("email", UUID.randomUUID() + "@example.com", "role", "agent"));
        notKept(201, invitation);
        notKept(
                201,
                Person.post(
                        "/api/invitations/accept",
                        Map.of(
                                "token",
                                invitation.path("token"),
                                "password",
                                Person.PASSWORD,
                                "fullName",
                                "Grace Hopper")));
        notKept(201, Person.operator().post("/api/organizations", Map.of("name", "Initech")));
    }

    @Test
    void problems_are_not_kept_either_and_public_keys_are() {
        var ada = Person.signUp();
        notKept(401, given().get("/api/me"));
        notKept(404, ada.caller().get("/api/users/" + UUID.randomUUID()));
        notKept(404, ada.caller().get("/api/nothing"));
        given().get("/.well-known/jwks.json").then().header("Cache-Control", is("public, max-age=10"));
    }

    static void notKept(int status, Response answer) {
        answer.then().log().ifValidationFails().statusCode(status).header("Cache-Control", is("no-store"));
    }
}
