package io.switchboard.auth.token;

import static io.restassured.RestAssured.given;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.auth.AuthSettings;
import io.switchboard.auth.Person;
import io.switchboard.kit.test.ForgedTokenSweep;
import io.switchboard.kit.test.PostgresResource;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(AuthSettings.class)
class ForgedTokenTest {

    @Test
    void forged_access_tokens_are_refused() {
        ForgedTokenSweep.refusedEverywhere(
                Person.in("admin", Person.signUp().caller().orgId()));
    }

    @Test
    void no_token_serves_as_one_of_another_kind() {
        var ada = Person.signUp();
        var client = ada.addClient();
        String session =
                Person.post("/api/auth/pin", Map.of("pin", client.get("pin"))).path("sessionToken");
        refused("/api/me", ada.refreshToken());
        refused("/api/me", ada.deviceToken());
        refused("/api/clients", session);
        refused("/api/auth/session", ada.caller().token());
        refused("/api/auth/session", ada.refreshToken());
        Person.post("/api/auth/refresh", Map.of("refreshToken", ada.deviceToken()))
                .then()
                .statusCode(401);
    }

    static void refused(String path, String token) {
        given().header("Authorization", "Bearer " + token).get(path).then().statusCode(401);
    }
}
