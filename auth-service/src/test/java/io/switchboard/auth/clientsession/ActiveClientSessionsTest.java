package io.switchboard.auth.clientsession;

import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.switchboard.auth.AuthSettings;
import io.switchboard.auth.OwnAddress;
import io.switchboard.auth.Person;
import io.switchboard.kit.test.AuditTrail;
import io.switchboard.kit.test.PostgresResource;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(AuthSettings.class)
class ActiveClientSessionsTest {
    Person acme;
    Map<String, String> client;

    @BeforeEach
    void signUp() {
        acme = Person.signUp();
        client = acme.addClient();
    }

    @Test
    void admins_see_where_a_client_is_signed_in() {
        acme.caller()
                .get(path())
                .then()
                .statusCode(200)
                .body("items", hasSize(0))
                .body("nextCursor", nullValue());
        logIn();
        logIn();
        var page = acme.caller().get(path() + "?limit=1");
        page.then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].ip", is(OwnAddress.current()))
                .body("items[0].userAgent", notNullValue())
                .body("items[0].createdAt", notNullValue())
                .body("items[0].lastSeenAt", notNullValue())
                .body("items[0].expiresAt", notNullValue())
                .body("items[0].tokenHash", nullValue());
        acme.caller()
                .get(path() + "?cursor=" + page.path("nextCursor"))
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("nextCursor", nullValue());
    }

    @Test
    void admins_end_them_all() {
        var one = logIn();
        var other = logIn();
        acme.caller().delete(path()).then().statusCode(204);
        validate(one, 401);
        validate(other, 401);
        acme.caller().get(path()).then().statusCode(200).body("items", hasSize(0));
        acme.caller().delete(path()).then().statusCode(204);
        var events = AuditTrail.await(2, acme.caller().orgId(), "logout");
        assertEquals(2, events.size());
        assertEquals(client.get("id"), events.get(0).getString("resourceId"));
        assertEquals(acme.caller().id().toString(), events.get(0).getString("actorId"));
    }

    @Test
    void another_organizations_client_is_not_there() {
        var token = logIn();
        var stranger = Person.signUp().caller();
        stranger.get(path()).then().statusCode(404).body("type", endsWith("client_not_found"));
        stranger.delete(path()).then().statusCode(404);
        acme.invite("agent").caller().get(path()).then().statusCode(403);
        validate(token, 200);
    }

    String path() {
        return "/api/clients/" + client.get("id") + "/sessions";
    }

    String logIn() {
        return Person.post("/api/auth/pin", Map.of("pin", client.get("pin"))).path("sessionToken");
    }

    static void validate(String token, int status) {
        RestAssured.given()
                .header("Authorization", "Bearer " + token)
                .get("/api/auth/session")
                .then()
                .statusCode(status);
    }
}
