package io.switchboard.auth.admin;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.switchboard.auth.AuthSettings;
import io.switchboard.auth.Person;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PeerRequests;
import io.switchboard.kit.test.PostgresResource;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(AuthSettings.class)
class AdminResourceTest {
    static final String USERS = "/api/admin/users";
    static final String STATISTICS = "/api/admin/statistics";

    final Caller operator = Person.operator();
    Person acme;
    Person agent;

    @BeforeEach
    void signUp() {
        acme = Person.signUp();
        agent = acme.invite("agent");
    }

    @AfterEach
    void restoreVoice() {
        voice(200, "{}");
        voiceOfSuite(200, "{}");
        voiceOfUsers(200, "{}");
    }

    @Test
    void admins_see_their_users_also_while_voice_is_away() {
        voiceOfUsers(503, "{}");
        var page = acme.caller().get(USERS + "?limit=1");
        page.then()
                .log()
                .ifValidationFails()
                .statusCode(200)
                .body("voice", is("unavailable"))
                .body("items.email", contains(agent.email()))
                .body("items[0].role", is("agent"))
                .body("items[0].isActive", is(true))
                .body("items[0].openSessions", is(1))
                .body("items[0].lastLoginAt", notNullValue())
                .body("items[0]", hasKey("agents"))
                .body("items[0].agents", nullValue())
                .body("items[0].callsThisMonth", nullValue())
                .body("items[0].tokensThisMonth", nullValue())
                .body("items[0].passwordHash", nullValue());
        acme.caller()
                .get(USERS + "?limit=1&cursor=" + page.path("nextCursor"))
                .then()
                .body("items.email", contains(acme.email()))
                .body("nextCursor", nullValue());
    }

    @Test
    void users_have_the_figures_that_voice_keeps_of_them() {
        voiceOfUsers(
                200,
                "{\"items\": [{\"userId\": \"" + agent.caller().id()
                        + "\", \"agents\": 2, \"callsThisMonth\": 30, \"tokensThisMonth\": 700}]}");
        for (var page : List.of(
                acme.caller().get(USERS + "?limit=1"),
                operator.get(USERS + "?limit=1"),
                operator.get(USERS + "?limit=1&orgId=" + acme.caller().orgId()))) {
            page.then()
                    .log()
                    .ifValidationFails()
                    .statusCode(200)
                    .body("voice", is("available"))
                    .body("items.email", contains(agent.email()))
                    .body("items.agents", contains(2))
                    .body("items.callsThisMonth", contains(30))
                    .body("items.tokensThisMonth", contains(700));
        }
        acme.caller().get(USERS).then().body("items[1].tokensThisMonth", nullValue());
    }

    @Test
    void when_voice_is_away_the_answer_says_so_and_comes_in_time() {
        voice(503, "{}");
        acme.caller()
                .get(STATISTICS)
                .then()
                .log()
                .ifValidationFails()
                .statusCode(200)
                .time(lessThan(2_000L))
                .body("voice", is("unavailable"))
                .body("users", is(2))
                .body("", hasKey("calls"))
                .body("calls", nullValue());
        voice(200, "no figures");
        acme.caller().get(STATISTICS).then().statusCode(200).body("voice", is("unavailable"));
    }

    @Test
    void admins_see_their_own_organization_alone() {
        var globex = Person.signUp();
        globex.caller().get(USERS).then().body("items.email", contains(globex.email()));
        globex.caller().get(USERS + "?orgId=" + acme.caller().orgId()).then().statusCode(403);
        globex.caller().get(USERS + "?orgId=" + globex.caller().orgId()).then().statusCode(200);
        agent.caller().get(USERS).then().statusCode(403);
        agent.caller().get(STATISTICS).then().statusCode(403);
    }

    @Test
    void operators_see_all_or_those_of_one_organization() {
        operator.get(USERS + "?limit=200")
                .then()
                .log()
                .ifValidationFails()
                .statusCode(200)
                .body("items.email", hasItem(acme.email()));
        var first = operator.get(USERS + "?limit=1");
        first.then().body("items.email", contains(agent.email()));
        operator.get(USERS + "?limit=1&cursor=" + first.path("nextCursor"))
                .then()
                .body("items.email", contains(acme.email()));
        operator.get(USERS + "?orgId=" + acme.caller().orgId())
                .then()
                .statusCode(200)
                .body("items.email", contains(agent.email(), acme.email()))
                .body("items[0].orgId", is(acme.caller().orgId().toString()));
        operator.get(USERS + "?orgId=" + UUID.randomUUID())
                .then()
                .statusCode(200)
                .body("items", hasSize(0));
        operator.get(USERS + "?orgId=x").then().statusCode(400);
    }

    @Test
    void statistics_count_an_organization_or_all() {
        voice(200, "{\"agents\": 4, \"calls\": 12, \"callsThisMonth\": 3, \"tokensThisMonth\": 5000000000}");
        voiceOfSuite(200, "{\"agents\": 40, \"calls\": 120, \"callsThisMonth\": 30}");
        acme.addClient();
        acme.caller()
                .get(STATISTICS)
                .then()
                .log()
                .ifValidationFails()
                .statusCode(200)
                .body("organizations", is(1))
                .body("users", is(2))
                .body("usersByRole.admin", is(1))
                .body("usersByRole.agent", is(1))
                .body("usersByTier.free", is(2))
                .body("activeUsers", is(2))
                .body("clients", is(1))
                .body("calls", is(12))
                .body("callsThisMonth", is(3))
                .body("agents", is(4))
                .body("tokensThisMonth", is(5_000_000_000L))
                .body("voice", is("available"));
        Person.signUp();
        operator.get(STATISTICS)
                .then()
                .log()
                .ifValidationFails()
                .statusCode(200)
                .body("organizations", greaterThan(1))
                .body("users", greaterThanOrEqualTo(3))
                .body("usersByRole.admin", greaterThan(1))
                .body("clients", greaterThanOrEqualTo(1))
                .body("calls", is(120))
                .body("agents", is(40))
                .body("", hasKey("tokensThisMonth"))
                .body("tokensThisMonth", nullValue())
                .body("voice", is("available"));
    }

    @Test
    void a_trace_is_passed_on_to_voice() {
        voice(200, "{}");
        var trace = UUID.randomUUID().toString().replace("-", "");
        acme.caller()
                .request()
                .header("traceparent", "00-" + trace + "-b7ad6b7169203331-01")
                .header("tracestate", "a=1")
                .get(STATISTICS)
                .then()
                .statusCode(200);
        askedOfVoice()
                .body("last().traceparent", matchesPattern("00-" + trace + "-(?!b7ad6b7169203331)[0-9a-f]{16}-01"))
                .body("last().tracestate", is("a=1"));
    }

    @Test
    void a_request_without_a_trace_begins_none() {
        voice(200, "{}");
        acme.caller().request().header("traceparent", "00-not-a-trace").get(STATISTICS);
        askedOfVoice().body("last().traceparent", nullValue());
        acme.caller().get(STATISTICS);
        askedOfVoice().body("last().traceparent", nullValue());
    }

    static ValidatableResponse askedOfVoice() {
        return given().baseUri(ConfigProvider.getConfig().getValue("switchboard.test.peers", String.class))
                .queryParam("path", "/internal/statistics")
                .get("/recorded")
                .then();
    }

    static void voiceOfUsers(int status, String body) {
        PeerRequests.answer("/internal/statistics/users", status, body);
        PeerRequests.answer("/internal/statistics/suite/users", status, body);
    }

    static void voiceOfSuite(int status, String body) {
        PeerRequests.answer("/internal/statistics/suite", status, body);
    }

    static void voice(int status, String body) {
        PeerRequests.answer("/internal/statistics", status, body);
    }
}
