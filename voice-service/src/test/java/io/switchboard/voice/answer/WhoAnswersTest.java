package io.switchboard.voice.answer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PeerRequests;
import io.switchboard.kit.test.Sql;
import io.switchboard.voice.Front;
import io.switchboard.voice.SampleCall;
import io.switchboard.voice.VapiAnswers;
import io.switchboard.voice.VoiceProfile;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who answers a call, and what they know before they speak. */
@QuarkusTest
@TestProfile(VoiceProfile.class)
class WhoAnswersTest {
    static final String CONTEXT = "/internal/contact-context";

    final Caller acme = Caller.adminOfNewOrg();
    final SampleCall call = SampleCall.create();
    FrontDesk desk;
    Front front;

    @BeforeEach
    void open() {
        desk = FrontDesk.open(acme);
        front = Front.of(acme, "vapi");
    }

    @Test
    void the_agent_of_the_called_number_answers() {
        var answer = ask();
        var assistant = answer.getJsonObject("assistant");
        assertEquals("Front desk", assistant.getString("name"));
        assertEquals("Acme, hello.", assistant.getString("firstMessage"));
        assertEquals(600, assistant.getInteger("maxDurationSeconds"));
        assertEquals(
                "You are the front desk.\n\nPersonality and tone: Warm",
                assistant
                        .getJsonObject("model")
                        .getJsonArray("messages")
                        .getJsonObject(0)
                        .getString("content"));
        assertEquals(8, assistant.getJsonObject("model").getJsonArray("tools").size());
    }

    @Test
    void an_agent_that_the_provider_keeps_is_named() {
        desk.run("update agents set provider = 'vapi', provider_assistant_id = 'kept' where org_id = :org");
        assertEquals("kept", ask().getString("assistantId"));
        desk.run("update agents set provider = 'retell' where org_id = :org");
        assertTrue(ask().containsKey("assistant"), "another provider does not know it");
    }

    @Test
    void only_the_tools_that_the_agent_may_use_are_named() {
        desk.run("update agents set allowed_tools = '{open_ticket,lookup_contact}' where org_id = :org");
        assertEquals(
                2,
                ask().getJsonObject("assistant")
                        .getJsonObject("model")
                        .getJsonArray("tools")
                        .size());
    }

    @Test
    void a_clients_assistant_replaces_field_by_field() {
        desk.forClient(
                "display_name, first_message, max_call_duration, eval_method",
                "'Globex', 'Globex, hello.', 60, 'Checklist'");
        var assistant = ask().getJsonObject("assistant");
        assertEquals("Globex", assistant.getString("name"));
        assertEquals("Globex, hello.", assistant.getString("firstMessage"));
        assertEquals(60, assistant.getInteger("maxDurationSeconds"));
        assertEquals("alloy", assistant.getJsonObject("voice").getString("voiceId"));
        assertEquals(
                "Checklist",
                assistant
                        .getJsonObject("analysisPlan")
                        .getJsonObject("successEvaluationPlan")
                        .getString("rubric"));
    }

    @Test
    void what_is_known_of_the_caller_comes_before_the_greeting() {
        knows(new JsonObject()
                .put("contactId", UUID.randomUUID().toString())
                .put("name", "Ada\nLovelace")
                .put("isBlocked", false)
                .put("nextAppointment", "Cleaning on Tuesday")
                .put("openTickets", 2));
        var variables = variables();
        assertEquals("Ada Lovelace", variables.getString("contactName"));
        assertEquals("Cleaning on Tuesday", variables.getString("nextAppointment"));
        assertEquals("2", variables.getString("openTickets"));
        assertEquals("", variables.getString("lastCallAt"));
    }

    @Test
    void the_last_call_is_one_that_is_over() {
        desk.run("insert into call_logs (org_id, provider, provider_call_id, from_e164, started_at, ended_at) values"
                + " (:org, 'vapi', 'earlier', '" + call.caller() + "', '2026-01-02T10:00Z', '2026-01-02T10:05Z'),"
                + " (:org, 'vapi', 'now', '" + call.caller() + "', '2026-01-03T10:00Z', null)");
        assertEquals("2026-01-02T10:00:00Z", variables().getString("lastCallAt"));
    }

    @Test
    void a_slow_crm_service_does_not_delay_the_answer() {
        PeerRequests.answer(CONTEXT, 200, "{\"name\": \"Ada\"}", call.caller(), "delay", 3_000);
        assertEquals("", variables().getString("contactName"));
    }

    @Test
    void a_call_is_answered_without_crm_service() {
        PeerRequests.answer(CONTEXT, 503, "{}", call.caller());
        assertEquals("", variables().getString("contactName"));
    }

    @Test
    void a_blocked_contact_is_declined_at_any_number() {
        knows(new JsonObject().put("isBlocked", true));
        assertEquals("This call cannot be taken.", ask().getString("error"));
        desk.run("delete from phone_numbers where org_id = :org");
        assertEquals("This call cannot be taken.", ask().getString("error"));
    }

    @Test
    void a_number_that_is_not_known_is_told_so() {
        desk.run("delete from phone_numbers where org_id = :org");
        assertEquals("The number that you have called is not in service.", ask().getString("error"));
    }

    @Test
    void an_assistant_that_the_provider_chose_goes_before_a_number_without_an_agent() {
        desk.run(
                "update phone_numbers set agent_id = null where org_id = :org",
                "update agents set provider = 'vapi', provider_assistant_id = 'kept' where org_id = :org");
        assertEquals("The number that you have called is not in service.", ask().getString("error"));
        var question = call.vapi("assistant-request").replace("\"call\": {", "\"call\": {\"assistantId\": \"kept\", ");
        var answer = front.vapi(question).asString();
        assertEquals("kept", VapiAnswers.check("assistant-request", answer).getString("assistantId"));
    }

    @Test
    void another_organizations_number_is_not_known() {
        var globex = Caller.adminOfNewOrg();
        front = Front.of(globex, "vapi");
        assertEquals("The number that you have called is not in service.", ask().getString("error"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update agents set status = 'paused' where org_id = :org",
                "update agents set status = 'draft' where org_id = :org",
                "update members set is_active = false where org_id = :org and id = :owner",
                "update members set monthly_token_quota = 0 where org_id = :org and id = :owner"
            })
    void who_may_not_answer_does_not(String change) {
        desk.run(change);
        assertEquals("This line is not accepting calls right now.", ask().getString("error"));
    }

    @Test
    void a_client_that_is_switched_off_has_no_calls_answered() {
        desk.forClient("display_name", "'Globex'");
        desk.run("update clients set is_active = false where org_id = :org");
        assertTrue(ask().containsKey("error"));
    }

    @Test
    void it_is_kept_who_was_told_to_answer() {
        ask();
        assertEquals(
                desk.agent() + " " + desk.owner(),
                desk.column("select agent_id || ' ' || owner_id from call_answers where org_id = :org and call_key = '"
                        + call.id() + "'"));
    }

    @Test
    void who_answers_is_told_also_where_it_cannot_be_kept_in_time() {
        try (var other = Sql.superuser().open()) {
            other.begin();
            other.run("lock table call_answers in share mode");
            assertEquals("Front desk", ask().getJsonObject("assistant").getString("name"));
        }
    }

    @Test
    void a_call_that_is_not_answered_is_of_nobody() {
        desk.run("update agents set status = 'paused' where org_id = :org");
        ask();
        assertEquals("0", desk.column("select count(*)::text from call_answers where org_id = :org"));
    }

    @Test
    void a_malformed_question_has_an_answer() {
        var answer = front.vapi("{\"message\": {\"type\": \"assistant-request\"}}");
        answer.then().statusCode(200);
        assertFalse(VapiAnswers.check("assistant-request", answer.asString())
                .getString("error")
                .isEmpty());
    }

    @Test
    void a_transfer_without_a_number_is_a_sentence() {
        var answer = front.vapi(call.vapi("transfer-destination-request"));
        answer.then().statusCode(200);
        VapiAnswers.check("transfer-destination-request", answer.asString());
    }

    @Test
    void a_transfer_goes_to_the_number_of_the_endpoint() {
        acme.patch("/api/webhook-endpoints/" + front.id(), Map.of("options", Map.of("transferNumber", "+15555550110")))
                .then()
                .statusCode(200);
        var answer = front.vapi(call.vapi("transfer-destination-request")).asString();
        assertEquals(
                "+15555550110",
                VapiAnswers.check("transfer-destination-request", answer)
                        .getJsonObject("destination")
                        .getString("number"));
    }

    private JsonObject variables() {
        return ask().getJsonObject("assistantOverrides").getJsonObject("variableValues");
    }

    private JsonObject ask() {
        var answer = front.vapi(call.vapi("assistant-request"));
        answer.then().statusCode(200);
        return VapiAnswers.check("assistant-request", answer.asString());
    }

    private void knows(JsonObject context) {
        PeerRequests.answer(CONTEXT, 200, context.encode(), call.caller());
    }
}
