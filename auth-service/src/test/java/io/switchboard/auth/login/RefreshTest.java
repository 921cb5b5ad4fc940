package io.switchboard.auth.login;

import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.switchboard.auth.AuthSettings;
import io.switchboard.auth.Database;
import io.switchboard.auth.Parallel;
import io.switchboard.auth.Person;
import io.switchboard.auth.Recorded;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(AuthSettings.class)
class RefreshTest {
    Person ada;

    @BeforeEach
    void sign_up() {
        ada = Person.signsUp();
    }

    @Test
    void a_refresh_token_is_spent_for_a_new_one_and_a_new_access_token() {
        var answer = refresh(ada.refreshToken());
        answer.then()
                .statusCode(200)
                .body("tokenType", is("Bearer"))
                .body("expiresIn", both(greaterThan(240)).and(lessThanOrEqualTo(300)));
        assertNotEquals(ada.refreshToken(), answer.path("refreshToken"));
        Caller.with(ada.caller().orgId(), ada.caller().id(), answer.path("accessToken"))
                .get("/api/me")
                .then()
                .statusCode(200)
                .body("id", is(ada.caller().id().toString()));
    }

    @Test
    void two_tabs_that_refresh_at_once_both_go_on() {
        String one = refresh(ada.refreshToken()).path("refreshToken");
        String other = refresh(ada.refreshToken()).path("refreshToken");
        refresh(one).then().statusCode(200);
        refresh(other).then().statusCode(200);
    }

    @Test
    void a_token_two_generations_old_ends_the_family() {
        String second = refresh(ada.refreshToken()).path("refreshToken");
        String third = refresh(second).path("refreshToken");
        refresh(ada.refreshToken()).then().statusCode(401);
        refresh(third).then().statusCode(401);
        assertEquals(
                List.of("reused"),
                Database.column("select revoked_because from refresh_families where org_id = '"
                        + ada.caller().orgId() + "'"));
        var event =
                Recorded.events(1, ada.caller().orgId(), "refresh_token_reused").get(0);
        assertEquals("failure", event.getString("outcome"));
        assertEquals(
                ada.caller().id().toString(), event.getJsonObject("newData").getString("userId"));
        assertEquals("127.0.0.1", event.getString("ipAddress"));
    }

    @Test
    void a_token_spent_more_than_ten_seconds_ago_ends_the_family() {
        String second = refresh(ada.refreshToken()).path("refreshToken");
        Database.superuser("update refresh_tokens set used_at = used_at - interval '11 seconds' where org_id = '"
                + ada.caller().orgId() + "' and used_at is not null");
        refresh(ada.refreshToken()).then().statusCode(401);
        refresh(second).then().statusCode(401);
    }

    @Test
    void fifty_refreshes_of_one_token_at_once_leave_a_usable_session() {
        var answers = Parallel.times(50, () -> refresh(ada.refreshToken()));
        answers.forEach(answer -> answer.then().statusCode(200));
        var tokens = answers.stream()
                .map(answer -> answer.<String>path("refreshToken"))
                .distinct()
                .toList();
        assertEquals(50, tokens.size());
        refresh(tokens.get(0)).then().statusCode(200);
        refresh(tokens.get(49)).then().statusCode(200);
    }

    @Test
    void unknown_expired_and_ended_tokens_are_refused_alike() {
        refresh("nobody's").then().statusCode(401);
        Database.superuser("update refresh_tokens set expires_at = now() where org_id = '"
                + ada.caller().orgId() + "'");
        refresh(ada.refreshToken()).then().statusCode(401);
        var agent = ada.invites("agent");
        ada.caller()
                .patch("/api/users/" + agent.caller().id(), Map.of("isActive", false))
                .then()
                .statusCode(200);
        refresh(agent.refreshToken()).then().statusCode(401);
        assertEquals(
                List.of("user_disabled"),
                Database.column("select distinct revoked_because from refresh_families where user_id = '"
                        + agent.caller().id() + "'"));
    }

    @Test
    void a_suspended_organization_gets_no_more_tokens() {
        Person.operator()
                .patch("/api/organizations/" + ada.caller().orgId(), Map.of("status", "suspended"))
                .then()
                .statusCode(200);
        refresh(ada.refreshToken()).then().statusCode(401);
        ada.logsIn(Person.PASSWORD, Map.of()).then().statusCode(401);
    }

    @Test
    void the_database_has_no_token_in_clear() {
        assertTrue(
                Database.column("select t::text from refresh_tokens t where org_id = '"
                                + ada.caller().orgId() + "'")
                        .stream()
                        .noneMatch(row -> row.contains(ada.refreshToken())));
    }

    static Response refresh(String token) {
        return Person.post("/api/auth/refresh", Map.of("refreshToken", token));
    }
}
