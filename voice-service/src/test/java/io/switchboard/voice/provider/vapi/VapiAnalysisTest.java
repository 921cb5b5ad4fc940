package io.switchboard.voice.provider.vapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.switchboard.voice.callevent.AnsweredBy;
import io.switchboard.voice.callevent.CallEvent;
import io.switchboard.voice.callevent.LeadScore;
import io.switchboard.voice.callevent.ReportField;
import io.switchboard.voice.provider.Fixtures;
import io.switchboard.voice.provider.IdentifiedEvent;
import io.switchboard.voice.signature.Delivery;
import io.switchboard.voice.signature.EndpointOptions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VapiAnalysisTest {
    private static final String ANALYSIS =
            "\"analysis\": {\"successEvaluation\": \"false\", \"structuredData\": {\"leadScore\": \"cold\"}}";

    private final Vapi vapi = new Vapi();

    @ParameterizedTest
    @CsvSource({
        "leadScore, successEvaluation",
        "Lead score, Call Success",
        "lead_score, call-successful",
        "LEAD, success"
    })
    void named_outputs_come_before_the_analysis(String lead, String success) {
        CallEvent call = report("\"structuredOutputs\": {\"1\": {\"name\": \"" + lead + "\", \"result\": \"hot\"},"
                + " \"2\": {\"name\": \"" + success + "\", \"result\": true}}");
        assertEquals(LeadScore.HOT, call.report().get(ReportField.LEAD_SCORE));
        assertEquals(true, call.report().get(ReportField.SUCCESS));
    }

    @Test
    void a_field_within_an_output_counts_too() {
        CallEvent call = report("\"structuredOutputs\": {\"1\": {\"name\": \"Call data\", \"result\": {\"leadScore\":"
                + " \"warm\", \"success\": 9}}}");
        assertEquals(LeadScore.WARM, call.report().get(ReportField.LEAD_SCORE));
        assertEquals("9", call.report().get(ReportField.SUCCESS_EVALUATION));
        assertEquals(true, call.report().get(ReportField.SUCCESS));
    }

    @ParameterizedTest
    @CsvSource({"true, true", "false, false"})
    void a_checklist_succeeds_if_all_its_entries_do(String last, boolean success) {
        String list = "{\"greeted\": true, \"asked for a day\": " + last + "}";
        CallEvent named = report("\"structuredOutputs\": {\"1\": {\"name\": \"Success\", \"result\": " + list + "}}");
        assertEquals(success, named.report().get(ReportField.SUCCESS));
        String report = "{\"message\": {\"type\": \"end-of-call-report\", \"call\": {\"id\": \"c1\"},"
                + " \"analysis\": {\"successEvaluation\": " + list + "}}}";
        assertEquals(success, Fixtures.event("vapi", report).report().get(ReportField.SUCCESS));
    }

    @Test
    void the_last_entry_of_a_long_checklist_counts_too() {
        StringBuilder entries = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            entries.append("\"entry ").append(i).append("\": true, ");
        }
        CallEvent call = report("\"structuredOutputs\": {\"1\": {\"name\": \"Success\", \"result\": {" + entries
                + "\"last\": false}}}");
        assertEquals(false, call.report().get(ReportField.SUCCESS));
        assertEquals(2_000, call.report().get(ReportField.SUCCESS_EVALUATION).length());
    }

    @Test
    void a_scorecard_s_normalized_score_counts_of_a_hundred() {
        CallEvent call = report(
                "\"scorecards\": {\"1\": {\"name\": \"Tone\", \"score\": 99}, \"2\": {\"name\": \"Success\", \"score\": 3,"
                        + " \"scoreNormalized\": 8}}");
        assertEquals("8%", call.report().get(ReportField.SUCCESS_EVALUATION));
        assertEquals(false, call.report().get(ReportField.SUCCESS));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"structuredOutputs\": [], \"scorecards\": 1",
                "\"structuredOutputs\": {\"1\": null, \"2\": 3, \"3\": {\"name\": [\"leadScore\"], \"result\": \"hot\"}}",
                "\"structuredOutputs\": {\"1\": {\"name\": \"leadScore\"}, \"2\": {\"name\": \"success\", \"result\": null}}",
                "\"structuredOutputs\": {\"1\": {\"name\": \"leadScore\", \"result\": \"boiling\"}}",
                "\"scorecards\": {\"1\": {\"name\": \"Success\"}}"
            })
    void without_a_usable_one_the_analysis_counts(String artifact) {
        CallEvent call = report(artifact);
        assertEquals(LeadScore.COLD, call.report().get(ReportField.LEAD_SCORE));
        assertEquals(false, call.report().get(ReportField.SUCCESS));
    }

    @Test
    void transfers_latency_and_version_are_metadata() {
        CallEvent call =
                report("\"transfers\": [{\"destination\": {\"type\": \"number\", \"number\": \"+15555550188\"}},"
                        + " {\"destination\": {\"sipUri\": \"sip:desk@acme.example\"}}, 7, null],"
                        + " \"performanceMetrics\": {\"turnLatencyAverage\": 812.5}");
        assertEquals("+15555550188, sip:desk@acme.example", call.metadata().get("transferredTo"));
        assertEquals("812.5", call.metadata().get("turnLatencyMs"));
        assertEquals("3", call.metadata().get("assistantVersion"));
        CallEvent many = report("\"transfers\": [" + "{\"number\": \"+1\"},".repeat(5_000) + "1]");
        assertTrue(many.metadata().get("transferredTo").length() < 100);
    }

    @Test
    void the_message_id_names_what_comes_once() {
        assertEquals("msg_1", named("vapi/hang.json").get(0).eventId());
        assertEquals("msg_1", named("vapi/status-update-ended.json").get(0).eventId());
        assertTrue(named("vapi/end-of-call-report.json").get(0).eventId().endsWith(":end-of-call-report"));
        assertTrue(named("vapi/conversation-update.json").get(0).eventId().endsWith(":conversation-update"));
        assertEquals(
                2,
                named("vapi/tool-calls-parallel-string-arguments.json").stream()
                        .map(IdentifiedEvent::eventId)
                        .filter(id -> id.contains(":tool:"))
                        .distinct()
                        .count());
        assertTrue(vapi.identify(delivery("vapi/hang.json")).get(0).eventId().contains(":hang:"), "no option, no id");
    }

    @Test
    void a_misspelt_envelope_is_read_as_well() {
        String body = Fixtures.text("vapi/hang.json").replaceFirst("\"message\"", "\"messsage\"");
        assertEquals(
                Fixtures.identify("vapi", Fixtures.text("vapi/hang.json")).eventId(),
                Fixtures.identify("vapi", body).eventId());
        assertEquals(
                Fixtures.sample("vapi/hang.json").callId(),
                Fixtures.event("vapi", body).callId());
    }

    @Test
    void a_bearer_credential_may_come_in_a_header_of_another_name() {
        byte[] secret = "a shared secret".getBytes(StandardCharsets.UTF_8);
        EndpointOptions options =
                new EndpointOptions(Map.of("signatureHeader", "X-Acme-Key", "signaturePrefix", "Token "));
        Delivery given = Fixtures.delivery(new byte[0], Map.of("X-Acme-Key", "Token a shared secret"));
        Delivery bare = Fixtures.delivery(new byte[0], Map.of("X-Acme-Key", "a shared secret"));
        assertTrue(
                Fixtures.verdict(vapi, given, Fixtures.ARRIVED, options, secret).isAccepted());
        assertTrue(
                !Fixtures.verdict(vapi, bare, Fixtures.ARRIVED, options, secret).isAccepted());
        assertTrue(!Fixtures.verdict(vapi, given, Fixtures.ARRIVED, secret).isAccepted());
    }

    @ParameterizedTest
    @CsvSource({
        "'[{\"type\":\"model\",\"promptTokens\":900,\"completionTokens\":\"80\"},{\"type\":\"tts\",\"promptTokens\":7}]', 980",
        "'[{\"type\":\"model\",\"promptTokens\":-5,\"completionTokens\":80},{\"type\":\"model\",\"promptTokens\":1e999},7]', 80",
        "'[{\"type\":\"model\",\"promptTokens\":2147483647,\"completionTokens\":1}]',",
        "'[{\"type\":\"model\"}]',",
        "'{}',"
    })
    void tokens_are_summed_where_they_are_counts(String costs, Integer tokens) {
        assertEquals(tokens, reported("\"costs\":" + costs).report().get(ReportField.TOKENS));
    }

    @Test
    void a_voicemail_is_a_machine_that_answered() {
        CallEvent event = reported("\"endedReason\":\"voicemail\",\"durationSeconds\":9");
        assertEquals(AnsweredBy.MACHINE, event.report().get(ReportField.ANSWERED_BY));
        assertEquals(true, event.answered());
        assertEquals("machine", event.metadata().get("endedGroup"));
        assertNull(reported("\"durationSeconds\":9").report().get(ReportField.ANSWERED_BY));
    }

    private static CallEvent reported(String fields) {
        return Fixtures.event(
                "vapi", "{\"message\":{\"type\":\"end-of-call-report\",\"call\":{\"id\":\"c1\"}," + fields + "}}");
    }

    private List<IdentifiedEvent> named(String sample) {
        return vapi.identify(delivery(sample), new EndpointOptions(Map.of("messageIdHeader", "X-Message")));
    }

    private static Delivery delivery(String sample) {
        return Fixtures.delivery(Fixtures.bytes(sample), Map.of("X-Message", "msg_1"));
    }

    private static CallEvent report(String artifact) {
        return Fixtures.event(
                "vapi",
                "{\"message\": {\"type\": \"end-of-call-report\", \"call\": {\"id\": \"a\"},"
                        + " \"assistantVersion\": 3, \"artifact\": {" + artifact + "}, " + ANALYSIS + "}}");
    }
}
