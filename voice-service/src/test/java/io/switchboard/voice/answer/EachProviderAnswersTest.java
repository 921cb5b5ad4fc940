package io.switchboard.voice.answer;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PeerRequests;
import io.switchboard.voice.Front;
import io.switchboard.voice.SampleCall;
import io.switchboard.voice.VoiceProfile;
import io.switchboard.voice.provider.Fixtures;
import io.switchboard.voice.provider.SignedDelivery;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What the other providers are told when a call begins. */
@QuarkusTest
@TestProfile(VoiceProfile.class)
class EachProviderAnswersTest {
    static final String CALLER = "15555550142";

    final Caller acme = Caller.adminOfNewOrg();
    final String caller = SampleCall.create().caller().substring(1);

    @Test
    void retell_gets_the_agent_and_what_is_known() {
        var desk = FrontDesk.open(acme);
        desk.run("update agents set provider = 'retell', provider_assistant_id = 'agent-1' where org_id = :org");
        ask("retell", "retell/call_inbound.json")
                .body("call_inbound.override_agent_id", is("agent-1"))
                .body("call_inbound.dynamic_variables.contactName", is(""));
        desk.run("update agents set status = 'paused' where org_id = :org");
        ask("retell", "retell/call_inbound.json").body("call_inbound.reject", is(true));
    }

    @Test
    void retell_keeps_the_agent_of_an_unknown_number() {
        ask("retell", "retell/call_inbound.json").body("call_inbound.isEmpty()", is(true));
    }

    @Test
    void elevenlabs_gets_what_is_known_of_its_agents_caller() {
        var desk = FrontDesk.open(acme);
        desk.run(
                "delete from phone_numbers where org_id = :org",
                "update agents set provider = 'elevenlabs', provider_assistant_id = 'agent_81ffc3fa88bcd546756519a579'"
                        + " where org_id = :org");
        PeerRequests.answer("/internal/contact-context", 200, "{\"name\": \"Ada\"}", caller);
        askElevenLabs()
                .body("type", is("conversation_initiation_client_data"))
                .body("dynamic_variables.contactName", is("Ada"));
    }

    @Test
    void elevenlabs_gets_the_variables_of_its_prompts_always() {
        askElevenLabs()
                .body("dynamic_variables.contactName", is(""))
                .body("dynamic_variables.openTickets", is(""))
                .body("conversation_config_override", nullValue());
    }

    private ValidatableResponse askElevenLabs() {
        var front = Front.of(acme, "elevenlabs");
        return given().header("X-Switchboard-Secret", front.secret())
                .contentType("application/json")
                .body(sample("elevenlabs/conversation-initiation.json"))
                .post(front.path())
                .then()
                .statusCode(200);
    }

    @Test
    void carriers_take_a_message() {
        FrontDesk.open(acme);
        ask("twilio", "twilio/incoming-call.form").body(containsString("<Record "));
        ask("plivo", "plivo/answer.form").body(containsString("<Record "));
        ask("vonage", "vonage/answer.json").body("[1].action", is("record"));
    }

    @Test
    void carriers_decline_a_blocked_contact() {
        FrontDesk.open(acme);
        PeerRequests.answer("/internal/contact-context", 200, "{\"isBlocked\": true}", caller);
        ask("twilio", "twilio/incoming-call.form")
                .body(containsString("<Reject"))
                .body(not(containsString("Record")));
        ask("plivo", "plivo/answer.form").body(containsString("<Hangup"));
        ask("vonage", "vonage/answer.json").body("size()", is(0));
    }

    private ValidatableResponse ask(String provider, String file) {
        var front = Front.of(acme, provider);
        var mediaType = file.endsWith(".form") ? SignedDelivery.FORM : "application/json";
        var body = sample(file);
        var delivery = SignedDelivery.of(front, mediaType, body.getBytes(StandardCharsets.UTF_8));
        return given().headers(delivery.headers())
                .urlEncodingEnabled(false)
                .body(body)
                .post(front.path() + delivery.query())
                .then()
                .statusCode(200);
    }

    private String sample(String file) {
        return Fixtures.text(file).replace(CALLER, caller);
    }
}
