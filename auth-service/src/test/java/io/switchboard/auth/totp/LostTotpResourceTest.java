package io.switchboard.auth.totp;

import static org.hamcrest.Matchers.endsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.auth.AuthSettings;
import io.switchboard.auth.Authenticator;
import io.switchboard.auth.Person;
import io.switchboard.kit.test.AuditTrail;
import io.switchboard.kit.test.PostgresResource;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(AuthSettings.class)
class LostTotpResourceTest {

    @Test
    void an_operator_resets_the_factor_of_an_only_admin() {
        var ada = Person.signUp();
        Authenticator.of(ada);
        var path = "/api/users/" + ada.caller().id() + "/totp";
        ada.caller().delete(path).then().statusCode(409).body("type", endsWith("own_second_factor"));
        Person.signUp().caller().delete(path).then().statusCode(404);
        ada.logIn(Person.PASSWORD, Map.of()).then().statusCode(401).body("type", endsWith("second_factor_required"));
        var operator = Person.operator();
        operator.delete(path).then().statusCode(204);
        operator.delete(path).then().statusCode(404).body("type", endsWith("second_factor_not_found"));
        operator.delete("/api/users/" + UUID.randomUUID() + "/totp")
                .then()
                .statusCode(404)
                .body("type", endsWith("user_not_found"));
        ada.logIn(Person.PASSWORD, Map.of()).then().statusCode(200);
        var reset = AuditTrail.await(ada.caller().orgId(), "totp_reset", event -> true);
        assertEquals(operator.id().toString(), reset.getString("actorId"));
    }
}
