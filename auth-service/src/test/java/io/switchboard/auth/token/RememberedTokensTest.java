package io.switchboard.auth.token;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.switchboard.auth.AuthSettings;
import io.switchboard.auth.Parallel;
import io.switchboard.auth.Person;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.Jws;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(AuthSettings.class)
class RememberedTokensTest {

    @Test
    void a_repeated_request_gets_the_same_token_and_its_rest_of_life() {
        var org = UUID.randomUUID().toString();
        var first = service("voice-service", org);
        var again = service("voice-service", org);
        assertEquals(token(first), token(again));
        int left = again.path("expires_in");
        assertTrue(left > 240 && left <= 300, "left: " + left);
    }

    @Test
    void other_content_makes_another_token() {
        var org = UUID.randomUUID().toString();
        var tokens = new TreeSet<String>();
        tokens.add(token(service("voice-service", org)));
        tokens.add(token(service("audit-service", org)));
        tokens.add(token(service("voice-service", UUID.randomUUID().toString())));
        for (var role : Set.of("admin", "agent")) {
            var person = "{\"sub\": \"%s\", \"groups\": [\"%s\"]}".formatted(org, role);
            tokens.add(token(asked("voice-service", org, Map.of("on_behalf_of", person))));
        }
        assertEquals(5, tokens.size());
    }

    @Test
    void parallel_requests_are_signed_once() {
        var org = UUID.randomUUID().toString();
        var tokens = new TreeSet<>(Parallel.times(20, () -> token(service("voice-service", org))));
        assertEquals(1, tokens.size());
    }

    @Test
    void another_role_or_plan_is_another_token_at_once() {
        var ada = Person.signUp();
        ada.invite("admin"); // the last one could not step down
        var first = refresh(ada.refreshToken());
        assertEquals(ada.caller().token(), first.path("accessToken"));
        change(ada, "max_agents = 2");
        var planned = refresh(first.path("refreshToken"));
        assertNotEquals(first.<String>path("accessToken"), planned.path("accessToken"));
        change(ada, "role = 'agent'");
        var demoted = refresh(planned.path("refreshToken"));
        assertNotEquals(planned.<String>path("accessToken"), demoted.path("accessToken"));
    }

    @Test
    void every_sign_in_has_tokens_of_its_own() {
        var ada = Person.signUp();
        String other = login(ada);
        assertNotEquals(ada.caller().token(), other);
        for (var token : Set.of(ada.caller().token(), other)) {
            var caller = Caller.with(ada.caller().orgId(), ada.caller().id(), token);
            assertEquals(
                    List.of(Jws.claims(token).getString("sid")),
                    caller.get("/api/me/sessions").path("items.findAll { it.current }.id"));
        }
        assertNull(Jws.claims(token(service("voice-service", UUID.randomUUID().toString())))
                .getValue("sid"));
    }

    @Test
    void a_session_buys_the_same_token_until_it_is_ended() {
        var client = Person.signUp().addClient();
        String session =
                Person.post("/api/auth/pin", Map.of("pin", client.get("pin"))).path("sessionToken");
        var first = validated(session);
        first.then().statusCode(200);
        assertEquals(first.<String>path("accessToken"), validated(session).path("accessToken"));
        given().header("Authorization", "Bearer " + session)
                .delete("/api/auth/session")
                .then()
                .statusCode(204);
        validated(session).then().statusCode(401);
    }

    @Test
    void a_token_is_reissued_while_four_of_its_minutes_are_left() {
        var four = Duration.ofMinutes(4);
        var fresh = new IssuedToken("a.b.c", Instant.now().plusSeconds(300));
        assertTrue(fresh.remembered(four).toSeconds() >= 58
                && fresh.remembered(four).toSeconds() <= 60);
        assertEquals(Duration.ZERO, new IssuedToken("a.b.c", Instant.now().plusSeconds(239)).remembered(four));
        assertEquals("***", fresh.toString());
    }

    static void change(Person person, String what) {
        Sql.superuser()
                .run("update users set " + what + " where id = '"
                        + person.caller().id() + "'");
    }

    static String login(Person person) {
        return person.logIn(Person.PASSWORD, Map.of("deviceToken", person.deviceToken()))
                .path("accessToken");
    }

    static Response refresh(String token) {
        return Person.post("/api/auth/refresh", Map.of("refreshToken", token));
    }

    static Response validated(String session) {
        return given().header("Authorization", "Bearer " + session).get("/api/auth/session");
    }

    static Response service(String peer, String org) {
        return asked(peer, org, Map.of());
    }

    static Response asked(String peer, String org, Map<String, String> more) {
        var answer = given().formParam("grant_type", "client_credentials")
                .formParam("client_id", "crm-service")
                .formParam("client_secret", AuthSettings.CRM_SECRET)
                .formParam("resource", peer)
                .formParam("org_id", org)
                .formParams(more)
                .post("/oauth2/token");
        answer.then().log().ifValidationFails().statusCode(200);
        return answer;
    }

    static String token(Response answer) {
        return answer.path("access_token");
    }
}
