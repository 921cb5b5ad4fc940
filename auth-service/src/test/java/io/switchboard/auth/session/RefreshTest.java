package io.switchboard.auth.session;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
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
import io.switchboard.auth.OwnAddress;
import io.switchboard.auth.Parallel;
import io.switchboard.auth.Person;
import io.switchboard.kit.test.AuditTrail;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
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
    void signUp() {
        ada = Person.signUp();
    }

    @Test
    void a_refresh_token_buys_new_tokens_once() {
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
    void two_tabs_with_one_token_get_one_successor() {
        String one = refresh(ada.refreshToken()).path("refreshToken");
        String other = refresh(ada.refreshToken()).path("refreshToken");
        assertEquals(one, other);
        refresh(one).then().statusCode(200);
        refresh(other).then().statusCode(200);
    }

    @Test
    void four_tabs_that_refresh_at_once_all_go_on() {
        var token = ada.refreshToken();
        for (int round = 0; round < 3; round++) {
            var shown = token;
            var answers = Parallel.times(4, () -> refresh(shown));
            answers.forEach(answer -> answer.then().statusCode(200));
            assertEquals(1, tokens(answers).size());
            token = answers.get(0).path("refreshToken");
        }
    }

    @Test
    void a_spent_token_never_starts_a_second_line() {
        var stolen = ada.refreshToken();
        String second = refresh(stolen).path("refreshToken");
        assertEquals(second, refresh(stolen).path("refreshToken"));
        String third = refresh(second).path("refreshToken");
        assertEquals(third, refresh(second).path("refreshToken"));
        refresh(stolen).then().statusCode(401);
        refresh(third).then().statusCode(401);
    }

    @Test
    void a_token_two_generations_old_ends_the_family() {
        String second = refresh(ada.refreshToken()).path("refreshToken");
        String third = refresh(second).path("refreshToken");
        refresh(ada.refreshToken()).then().statusCode(401);
        refresh(third).then().statusCode(401);
        assertEquals(
                List.of("reused"),
                Sql.superuser()
                        .column("select revoked_because from refresh_families where org_id = '"
                                + ada.caller().orgId() + "'"));
        var event = AuditTrail.await(1, ada.caller().orgId(), "refresh_token_reused")
                .get(0);
        assertEquals("failure", event.getString("outcome"));
        assertEquals(
                ada.caller().id().toString(), event.getJsonObject("newData").getString("userId"));
        assertEquals(OwnAddress.current(), event.getString("ipAddress"));
    }

    @Test
    void a_token_spent_more_than_ten_seconds_ago_ends_the_family() {
        String second = refresh(ada.refreshToken()).path("refreshToken");
        sets("rotated_at = rotated_at - interval '11 seconds'");
        refresh(ada.refreshToken()).then().statusCode(401);
        refresh(second).then().statusCode(401);
    }

    @Test
    void fifty_refreshes_of_one_token_at_once_get_one_successor() {
        var answers = Parallel.times(50, () -> refresh(ada.refreshToken()));
        answers.forEach(answer -> answer.then().statusCode(200));
        var tokens = tokens(answers);
        assertEquals(1, tokens.size());
        refresh(tokens.get(0)).then().statusCode(200);
    }

    @Test
    void a_refresh_writes_one_row_and_no_audit_event() {
        var org = ada.caller().orgId();
        var rows = "select (select count(*) from refresh_families where org_id = '%1$s') || ' ' ||"
                + " (select count(*) from outbox where org_id = '%1$s' and event ->> 'resourceType' = 'refresh_families')";
        await().until(() -> Sql.superuser().column(rows.formatted(org)), List.of("1 0")::equals);
        refresh(ada.refreshToken()).then().statusCode(200);
        assertEquals(List.of("1 0"), Sql.superuser().column(rows.formatted(org)));
    }

    @Test
    void a_family_that_refreshes_too_often_waits() {
        var token = ada.refreshToken();
        var answer = refresh(token);
        for (int i = 0; i < 50 && answer.statusCode() == 200; i++) {
            token = answer.path("refreshToken");
            answer = refresh(token);
        }
        answer.then()
                .statusCode(429)
                .body("type", endsWith("too_many_refreshes"))
                .header("Retry-After", is("1"))
                .header("RateLimit", containsString("too_many_refreshes"));
        sets("paced_until = paced_until - interval '1 second'");
        refresh(token).then().statusCode(200);
        refresh(token).then().statusCode(200);
    }

    @Test
    void a_token_that_was_altered_is_refused_and_ends_nothing() {
        var token = ada.refreshToken();
        for (int at : new int[] {0, 30, 44, 47, 60, 89, 100, token.length() - 1}) {
            var altered = token.substring(0, at) + (token.charAt(at) == 'A' ? 'B' : 'A') + token.substring(at + 1);
            refresh(altered).then().statusCode(401);
        }
        for (var text : List.of(token + "=", token + "A", token.substring(1), "=", "é".repeat(112))) {
            refresh(text).then().statusCode(401);
        }
        refresh(token).then().statusCode(200);
    }

    @Test
    void a_token_newer_than_a_restored_backup_ends_no_family() {
        String second = refresh(ada.refreshToken()).path("refreshToken");
        var before = Sql.superuser()
                .column("select encode(token_hash, 'hex') from refresh_families where org_id = '"
                        + ada.caller().orgId() + "'");
        String third = refresh(second).path("refreshToken");
        sets("number = 2, token_hash = decode('" + before.get(0) + "', 'hex')");
        refresh(third).then().statusCode(401);
        refresh(second).then().statusCode(200);
    }

    @Test
    void unknown_expired_and_ended_tokens_are_refused_alike() {
        refresh("nobody's").then().statusCode(401);
        sets("token_expires_at = now()");
        refresh(ada.refreshToken()).then().statusCode(401);
        var agent = ada.invite("agent");
        ada.caller()
                .patch("/api/users/" + agent.caller().id(), Map.of("isActive", false))
                .then()
                .statusCode(200);
        refresh(agent.refreshToken()).then().statusCode(401);
        assertEquals(
                List.of("user_disabled"),
                Sql.superuser()
                        .column("select distinct revoked_because from refresh_families where user_id = '"
                                + agent.caller().id() + "'"));
    }

    @Test
    void a_suspended_organization_gets_no_more_tokens() {
        Person.operator()
                .patch("/api/organizations/" + ada.caller().orgId(), Map.of("status", "suspended"))
                .then()
                .statusCode(200);
        refresh(ada.refreshToken()).then().statusCode(401);
        ada.logIn(Person.PASSWORD, Map.of()).then().statusCode(401);
    }

    @Test
    void the_database_has_no_token_in_clear() {
        assertTrue(Sql.superuser()
                .column("select t::text from refresh_families t where org_id = '"
                        + ada.caller().orgId() + "'")
                .stream()
                .noneMatch(row -> row.contains(ada.refreshToken())));
    }

    void sets(String change) {
        Sql.superuser()
                .run("update refresh_families set " + change + " where org_id = '"
                        + ada.caller().orgId() + "'");
    }

    static List<String> tokens(List<Response> answers) {
        return answers.stream()
                .map(answer -> answer.<String>path("refreshToken"))
                .distinct()
                .toList();
    }

    static Response refresh(String token) {
        return Person.post("/api/auth/refresh", Map.of("refreshToken", token));
    }
}
