package io.switchboard.auth.operator;

import static org.hamcrest.Matchers.is;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.switchboard.auth.AuthSettings;
import io.switchboard.auth.Mailed;
import io.switchboard.auth.Person;
import io.switchboard.auth.organization.Organizations;
import io.switchboard.kit.start.RetryOnStartup;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(AuthSettings.class)
class OperatorTotpPolicyTest {
    @Inject
    Organizations organizations;

    @Inject
    RetryOnStartup retryOnStartup;

    @Test
    void operators_without_a_required_factor_may_only_set_it_up() {
        signsIn().body("totpRequired", is(false));
        require(true);
        var pending = signsIn().body("totpRequired", is(true));
        var caller = Caller.with(
                UUID.fromString(pending.extract().path("user.orgId")),
                UUID.fromString(pending.extract().path("user.id")),
                pending.extract().path("accessToken"));
        caller.get("/api/organizations").then().statusCode(403);
        caller.get("/api/me").then().statusCode(200);
    }

    @AfterEach
    void endPolicy() {
        require(false);
        signsIn().body("totpRequired", is(false));
    }

    void require(boolean required) {
        new OperatorTotpPolicy(organizations, retryOnStartup, Optional.of(required)).start(new StartupEvent());
        Mailed.until(() -> List.of(required ? "t" : "f")
                .equals(Sql.superuser().column("select require_totp from organizations where slug = 'platform'")));
    }

    static ValidatableResponse signsIn() {
        return Person.logIn(AuthSettings.OPERATOR, Person.PASSWORD, Map.of())
                .then()
                .statusCode(200);
    }
}
