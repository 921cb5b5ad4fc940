package io.switchboard.voice.attribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.Sql;
import io.switchboard.voice.Front;
import io.switchboard.voice.People;
import io.switchboard.voice.SampleCall;
import io.switchboard.voice.VoiceProfile;
import io.switchboard.voice.call.Settled;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What tells whose a call is goes in one order, whatever of it there is. */
@QuarkusTest
@TestProfile(VoiceProfile.class)
class AttributionOrderTest {
    private static final String OWN = "+15555550100"; // as in the samples
    private static final String EVENT = "status-update-in-progress";

    final Caller acme = Caller.adminOfNewOrg();
    final SampleCall call = SampleCall.create();
    final String body = call.vapi(EVENT);
    final String atProvider =
            new JsonObject(body).getJsonObject("message").getJsonObject("call").getString("assistantId");
    Caller ada;

    @BeforeEach
    void join() {
        ada = People.member(acme, "user");
    }

    /** A bit for each of what may tell: the answer, a client's assistant, a voice agent, the number. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15})
    void the_answer_goes_before_the_assistant_before_the_agent_before_the_number(int present) {
        var agents = new ArrayList<String>();
        if ((present & 1) != 0) {
            agents.add(People.agent(ada));
            answered(agents.get(0));
        }
        if ((present & 2) != 0) {
            var agent = People.agent(ada);
            agents.add(agent);
            People.assistant(
                    acme, People.client(acme).id(), Map.of("agentId", agent, "providerAssistantId", atProvider));
        }
        if ((present & 4) != 0) {
            agents.add(People.agent(ada, Map.of("provider", "vapi", "providerAssistantId", atProvider)));
        }
        if ((present & 8) != 0) {
            agents.add(People.agent(ada));
            People.number(acme, OWN, null, agents.get(agents.size() - 1));
        }
        tell(body);
        assertEquals(agents.isEmpty() ? null : agents.get(0), agentOfCall());
    }

    @Test
    void an_outbound_call_is_of_the_number_that_calls() {
        var agent = People.agent(ada);
        People.number(acme, OWN, null, agent);
        People.number(acme, call.caller(), null, People.agent(ada));
        tell(body.replace("inboundPhoneCall", "outboundPhoneCall"));
        assertEquals(agent, agentOfCall());
    }

    @Test
    void who_was_told_to_answer_has_the_call_though_the_number_moves() {
        var agent = People.agent(ada);
        var number = People.number(acme, OWN, null, agent);
        var front = Front.of(acme, "vapi");
        front.vapi(call.vapi("assistant-request")).then().statusCode(200);
        acme.patch("/api/phone-numbers/" + number, Map.of("agentId", People.agent(ada)))
                .then()
                .statusCode(200);
        front.vapi(body).then().statusCode(200);
        Settled.all(acme);
        assertEquals(agent, agentOfCall());
    }

    @Test
    void an_assistant_of_another_provider_has_no_call() {
        People.assistant(
                acme,
                People.client(acme).id(),
                Map.of("agentId", People.agent(ada), "provider", "retell", "providerAssistantId", atProvider));
        People.agent(ada, Map.of("provider", "retell", "providerAssistantId", atProvider));
        tell(body);
        assertNull(agentOfCall());
    }

    private void answered(String agent) {
        Sql.superuser()
                .caller(acme.orgId(), "service")
                .run("select record_call_answer('vapi', '%s', null, null, '%s', '%s')"
                        .formatted(call.id(), agent, ada.id()));
    }

    private void tell(String event) {
        Front.of(acme, "vapi").vapi(event).then().statusCode(200);
        Settled.all(acme);
    }

    private String agentOfCall() {
        var items = acme.get("/api/calls").<List<Map<String, String>>>path("items");
        assertEquals(1, items.size());
        return items.get(0).get("agentId");
    }
}
