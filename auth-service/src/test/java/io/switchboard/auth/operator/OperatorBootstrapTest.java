package io.switchboard.auth.operator;

import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.switchboard.auth.AuthSettings;
import io.switchboard.auth.Parallel;
import io.switchboard.auth.Person;
import io.switchboard.auth.throttle.Counter;
import io.switchboard.kit.secret.Secret;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(AuthSettings.class)
class OperatorBootstrapTest {
    @Inject
    OperatorBootstrap firstOperator;

    @BeforeEach
    void createOperator() {
        make(AuthSettings.OPERATOR, Person.PASSWORD); // the start may be at it still
    }

    @AfterEach
    void openAccount() {
        Sql.superuser()
                .run("delete from login_attempts where " + Counter.of(limits -> limits.account(AuthSettings.OPERATOR)));
    }

    @Test
    void the_operator_signs_in_and_operates() {
        var login = logIn(Person.PASSWORD);
        login.then()
                .log()
                .ifValidationFails()
                .statusCode(200)
                .body("user.role", is("platform_admin"))
                .body("user.orgId", is(CallerContext.PLATFORM.toString()));
        var operator =
                Caller.with(CallerContext.PLATFORM, UUID.fromString(login.path("user.id")), login.path("accessToken"));
        operator.get("/api/organizations").then().statusCode(200);
        operator.get("/api/me").then().statusCode(200).body("email", is(AuthSettings.OPERATOR));
        operator.get("/api/me/sessions").then().statusCode(200);
        operator.get("/api/contacts").then().statusCode(404);
        operator.get("/api/clients").then().statusCode(403);
        Person.post("/api/auth/refresh", Map.of("refreshToken", login.path("refreshToken")))
                .then()
                .statusCode(200);
    }

    @Test
    void an_existing_operator_keeps_the_password() {
        make(AuthSettings.OPERATOR, "another phrase, of many words");
        logIn("another phrase, of many words").then().statusCode(401);
        logIn(Person.PASSWORD).then().statusCode(200);
        assertEquals(1, operators(AuthSettings.OPERATOR).size());
    }

    @Test
    void of_replicas_that_start_at_once_one_makes_it() {
        var email = "second-" + UUID.randomUUID() + "@example.com";
        Parallel.times(4, () -> make(email, Person.PASSWORD));
        assertEquals(1, operators(email).size());
    }

    @Test
    void an_e_mail_of_another_organization_makes_no_operator() {
        var ada = Person.signUp();
        make(ada.email(), Person.PASSWORD);
        assertTrue(operators(ada.email()).isEmpty());
        ada.logIn(Person.PASSWORD, Map.of()).then().statusCode(200).body("user.role", is("admin"));
    }

    @Test
    void only_operators_change_operators_and_the_last_one_stays() {
        var email = "third-" + UUID.randomUUID() + "@example.com";
        make(email, Person.PASSWORD);
        var path = "/api/users/" + operators(email).get(0);
        Person.operator().patch(path, Map.of("role", "admin")).then().statusCode(422);
        Person.operator()
                .patch(path, Map.of("isActive", false))
                .then()
                .statusCode(200)
                .body("role", is("platform_admin"));
        Sql.superuser()
                .run("update users set is_active = false where role = 'platform_admin' and email <> '"
                        + AuthSettings.OPERATOR + "' and is_active");
        var last = operators(AuthSettings.OPERATOR).get(0);
        Caller.with(
                        CallerContext.PLATFORM,
                        UUID.fromString(last),
                        logIn(Person.PASSWORD).path("accessToken"))
                .patch("/api/users/" + last, Map.of("isActive", false))
                .then()
                .statusCode(409);
        Person.signUp().caller().get(path).then().statusCode(404);
    }

    boolean make(String email, String password) {
        firstOperator.createIfMissing(email, Secret.valueOf(password)).await().indefinitely();
        return true;
    }

    static Response logIn(String password) {
        return Person.logIn(AuthSettings.OPERATOR, password, Map.of());
    }

    static List<String> operators(String email) {
        return Sql.superuser().column("select id from users where role = 'platform_admin' and email = '" + email + "'");
    }
}
