package io.switchboard.voice.attribution;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.Sql;
import io.switchboard.voice.Front;
import io.switchboard.voice.People;
import io.switchboard.voice.SampleCall;
import io.switchboard.voice.VoiceProfile;
import io.switchboard.voice.call.Settled;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From a provider's event to whose the call is, and who sees it. */
@QuarkusTest
@TestProfile(VoiceProfile.class)
class AttributionTest {
    private static final String OWN = "+15555550100"; // as in the samples

    final Caller acme = Caller.adminOfNewOrg();
    final SampleCall call = SampleCall.create();
    Front front;
    Caller ada;
    Caller client;
    String agent;

    @BeforeEach
    void createEndpointAndPeople() {
        front = Front.of(acme, "vapi");
        ada = People.member(acme, "user");
        client = People.client(acme);
        agent = People.agent(ada);
    }

    @Test
    void a_call_is_its_numbers_clients_and_agents() {
        var assistant = People.assistant(acme, client.id(), Map.of("agentId", agent));
        People.number(acme, OWN, client.id(), agent);
        tell("status-update-in-progress");
        attributed(client, assistant, agent);
        assertEquals(ada.id().toString(), owner());
    }

    @Test
    void a_number_without_an_agent_has_its_clients_assistant() {
        var inactive = People.assistant(acme, client.id(), Map.of("agentId", agent, "isActive", false));
        var assistant = People.assistant(acme, client.id(), Map.of("agentId", agent));
        People.number(acme, OWN, client.id(), null);
        tell("status-update-in-progress");
        attributed(client, assistant, agent);
        acme.delete("/api/assistants/" + inactive).then().statusCode(204);
    }

    @Test
    void the_providers_assistant_comes_before_the_number() {
        var other = People.client(acme);
        var id = assistantOf("status-update-in-progress");
        var assistant = People.assistant(acme, other.id(), Map.of("providerAssistantId", id, "agentId", agent));
        People.number(acme, OWN, client.id(), People.agent(People.member(acme, "user")));
        tell("status-update-in-progress");
        attributed(other, assistant, agent);
    }

    @Test
    void an_agent_known_to_the_provider_has_its_calls() {
        var own = People.agent(
                ada, Map.of("provider", "vapi", "providerAssistantId", assistantOf("status-update-in-progress")));
        People.number(acme, OWN, client.id(), own);
        tell("status-update-in-progress");
        attributed(client, null, own);
    }

    @Test
    void whom_we_let_answer_comes_first() {
        var other = People.client(acme);
        People.number(acme, OWN, client.id(), agent);
        Sql.superuser()
                .caller(acme.orgId(), "service")
                .run("select record_call_answer('vapi', '" + call.id() + "', '" + other.id() + "', null, null, null)");
        tell("status-update-in-progress");
        attributed(other, null, null);
    }

    @Test
    void what_is_unknown_is_tried_again_and_then_stays() {
        tell("status-update-in-progress");
        attributed(null, null, null);
        var number = People.number(acme, OWN, client.id(), agent);
        tell("status-update-ended");
        attributed(client, null, agent);
        acme.patch(
                        "/api/phone-numbers/" + number,
                        Map.of("clientId", People.client(acme).id()))
                .then()
                .statusCode(200);
        tell("end-of-call-report");
        attributed(client, null, agent);
        acme.delete("/api/phone-numbers/" + number).then().statusCode(204);
        attributed(client, null, agent);
    }

    @Test
    void each_role_sees_its_own_calls() {
        tell("end-of-call-report");
        var unassigned = shown().<String>path("items[0].id");
        People.number(acme, OWN, client.id(), agent);
        var second = SampleCall.create();
        front.vapi(second.vapi("end-of-call-report")).then().statusCode(200);
        Settled.all(acme);
        var attributed = acme.get("/api/calls?clientId=" + client.id()).<String>path("items[0].id");

        sees(ada, attributed);
        sees(client, attributed);
        sees(acme.colleague("enterprise"), attributed);
        sees(acme.colleague("user"));
        sees(People.client(acme));
        for (var path : List.of("/api/calls", "/api/calls/recent")) {
            assertEquals(2, acme.get(path).<List<String>>path("items.id").size());
            assertEquals(
                    2,
                    acme.colleague("agent")
                            .get(path)
                            .<List<String>>path("items.id")
                            .size());
        }
        ada.get("/api/calls/" + unassigned).then().statusCode(404);
        ada.get("/api/calls/" + attributed).then().statusCode(200).body("agentId", is(agent));
    }

    @Test
    void figures_are_each_roles_own_too() {
        var assistant = People.assistant(acme, client.id(), Map.of("agentId", agent));
        tell("end-of-call-report");
        People.number(acme, OWN, client.id(), agent);
        front.vapi(SampleCall.create().vapi("end-of-call-report")).then().statusCode(200);
        Settled.all(acme);
        Sql.superuser().run("update call_logs set started_at = now() where org_id = '" + acme.orgId() + "'");

        var dashboard = "/api/analytics/dashboard?by=agent";
        acme.get(dashboard)
                .then()
                .body("totalCalls", is(2))
                .body("topAssistants.displayName", contains("Reception"))
                .body("topAssistants.assistantId", contains(assistant))
                .body("breakdown.calls", contains(1, 1));
        for (var caller : List.of(ada, client, acme.colleague("enterprise"))) {
            caller.get(dashboard)
                    .then()
                    .body("totalCalls", is(1))
                    .body("endedReasons.calls", contains(1))
                    .body("breakdown.key", contains(agent));
        }
        acme.colleague("user").get(dashboard).then().body("totalCalls", is(0)).body("endedReasons", empty());
        ada.get("/api/usage").then().statusCode(200).body("calls", is(1));
    }

    @Test
    void a_leg_is_whose_its_head_is() {
        People.number(acme, OWN, client.id(), agent);
        Front.of(acme, "twilio").twilio(call.carrier("ringing", 0)).then().statusCode(200);
        Settled.all(acme);
        attributed(client, null, agent);
        tell("end-of-call-report");
        attributed(client, null, agent);
        client.get("/api/calls/" + shown().path("items[0].id"))
                .then()
                .statusCode(200)
                .body("legs.provider", contains("twilio"));
    }

    @Test
    void legs_follow_a_head_that_is_attributed_later() {
        Front.of(acme, "twilio").twilio(call.carrier("ringing", 0)).then().statusCode(200);
        tell("status-update-in-progress");
        attributed(null, null, null);
        People.number(acme, OWN, client.id(), agent);
        tell("end-of-call-report");
        attributed(client, null, agent);
        client.get("/api/calls/" + shown().path("items[0].id")).then().body("legs.provider", contains("twilio"));
    }

    private void tell(String sample) {
        front.vapi(call.vapi(sample)).then().statusCode(200);
        Settled.all(acme);
    }

    private String assistantOf(String sample) {
        return new JsonObject(call.vapi(sample))
                .getJsonObject("message")
                .getJsonObject("call")
                .getString("assistantId");
    }

    private Response shown() {
        return acme.get("/api/calls");
    }

    private void attributed(Caller whose, String assistant, String agentId) {
        var expected = new HashMap<String, String>();
        expected.put("clientId", whose == null ? null : whose.id().toString());
        expected.put("assistantId", assistant);
        expected.put("agentId", agentId);
        expected.forEach(
                (field, value) -> shown().then().body("items[0]." + field, value == null ? nullValue() : is(value)));
        shown().then().body("items.size()", is(1));
    }

    private String owner() {
        return Sql.superuser().value("select owner_id from call_logs where org_id = '" + acme.orgId() + "'");
    }

    private static void sees(Caller caller, String... ids) {
        for (var path : List.of("/api/calls", "/api/calls/recent")) {
            assertEquals(List.of(ids), caller.get(path).<List<String>>path("items.id"));
        }
    }
}
