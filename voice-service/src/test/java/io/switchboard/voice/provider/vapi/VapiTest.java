package io.switchboard.voice.provider.vapi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.switchboard.voice.callevent.CallDirection;
import io.switchboard.voice.callevent.CallEvent;
import io.switchboard.voice.callevent.CallEvent.Kind;
import io.switchboard.voice.callevent.CallKey;
import io.switchboard.voice.callevent.CallState;
import io.switchboard.voice.callevent.CallTimes;
import io.switchboard.voice.callevent.CallTimes.Basis;
import io.switchboard.voice.callevent.CallTimes.Moment;
import io.switchboard.voice.callevent.LeadScore;
import io.switchboard.voice.callevent.Parties;
import io.switchboard.voice.callevent.Report;
import io.switchboard.voice.callevent.ReportField;
import io.switchboard.voice.callevent.TranscriptFragment;
import io.switchboard.voice.provider.Fixtures;
import io.switchboard.voice.provider.IdentifiedEvent;
import io.switchboard.voice.provider.IdentifiedEvent.Repeat;
import io.switchboard.voice.provider.RawEvent;
import io.switchboard.voice.signature.Signature;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VapiTest {
    private static final String CALL = "80e67583-7388-58b5-b794-0c94727f8a0d";
    private static final byte[] KEY = bytes("key");
    private static final byte[] BODY = bytes("{\"message\":{}}");
    private static final Instant NOW = Instant.ofEpochSecond(1_780_318_800);

    private final Vapi vapi = new Vapi();

    @Test
    void the_time_may_be_in_seconds_or_milliseconds() {
        assertTrue(signed("1780318800", "HmacSHA256", ""));
        assertTrue(signed("1780318800123", "HmacSHA256", ""));
        assertFalse(signed("yesterday", "HmacSHA256", ""));
    }

    @Test
    void a_signature_is_good_for_five_minutes_either_way() {
        assertTrue(signed("" + NOW.minusSeconds(299).getEpochSecond(), "HmacSHA256", ""));
        assertTrue(signed("" + NOW.plusSeconds(299).getEpochSecond(), "HmacSHA256", ""));
        assertFalse(signed("" + NOW.minusSeconds(301).getEpochSecond(), "HmacSHA256", ""));
        assertFalse(signed("" + NOW.plusSeconds(301).getEpochSecond(), "HmacSHA256", ""));
    }

    @Test
    void signatures_without_a_time_with_a_prefix_hex_or_base64_verify() {
        byte[] mac = Signature.hmac("HmacSHA256", KEY, BODY);
        assertTrue(verifies(Map.of("x-signature", Signature.hex(mac))));
        assertTrue(verifies(Map.of("X-Signature", "sha256=" + Signature.hex(mac).toUpperCase(Locale.ROOT))));
        assertTrue(verifies(Map.of("x-signature", Base64.getEncoder().encodeToString(mac))));
        assertTrue(signed("1780318800", "HmacSHA512", "sha512="));
        assertFalse(verifies(Map.of("x-signature", Signature.hex(mac).substring(2))));
        assertFalse(verifies(Map.of("x-signature", Signature.hex(mac), "x-timestamp", "1780318800")));
    }

    @Test
    void the_shared_secret_comes_in_either_header() {
        assertTrue(verifies(Map.of("x-vapi-secret", "key")));
        assertTrue(verifies(Map.of("authorization", "bearer key")));
        assertFalse(verifies(Map.of("authorization", "Basic key")));
        assertFalse(verifies(Map.of("x-vapi-secret", "")));
    }

    @Test
    void an_empty_header_is_none() {
        for (String empty : List.of("", " ", "\t")) {
            assertTrue(verifies(Map.of("x-vapi-secret", empty, "authorization", "Bearer key")));
            assertTrue(verifies(Map.of("x-signature", empty, "x-vapi-secret", "key")));
            assertTrue(verifies(Map.of("x-signature", empty, "x-vapi-secret", empty, "authorization", "bearer key")));
            assertFalse(verifies(Map.of("x-signature", empty, "x-vapi-secret", empty, "authorization", empty)));
        }
        String mac = Signature.hex(Signature.hmac("HmacSHA256", KEY, BODY));
        assertTrue(verifies(Map.of("x-signature", mac, "x-timestamp", "")));
    }

    @Test
    void a_wrong_signature_is_not_mended_by_the_shared_secret() {
        assertFalse(verifies(Map.of("x-vapi-secret", "key", "x-signature", "00".repeat(32))));
    }

    @Test
    void messages_are_named_by_the_fields_that_make_them_one_event() {
        assertEquals(CALL + ":status-update:ringing", name("status-update-ringing"));
        assertEquals(CALL + ":status-update:forwarding:1780318860000", name("status-update-forwarding"));
        assertEquals(CALL + ":end-of-call-report", name("end-of-call-report"));
        assertEquals(CALL + ":conversation-update", name("conversation-update"));
        assertEquals(CALL + ":assistant-request", name("assistant-request"));
        assertEquals(CALL + ":hang:1780318809000", name("hang"));
        assertEquals(CALL + ":speech-update:1780318801200:assistant", name("speech-update"));
        assertEquals(CALL + ":tool:call_lookup01", name("tool-calls"));
        assertEquals(
                "b18fd8f9-8e24-5359-9eda-5c48454d0b2c:session.created:2026-06-01T13:00:00.000Z",
                name("session-created"));
    }

    @Test
    void each_tool_call_has_a_name() {
        List<String> names = vapi
                .identify(Fixtures.delivery(Fixtures.bytes("vapi/tool-calls-parallel-string-arguments.json"), Map.of()))
                .stream()
                .map(IdentifiedEvent::eventId)
                .toList();
        assertEquals(List.of(CALL + ":tool:call_kb01", CALL + ":tool:call_book01"), names);
    }

    @Test
    void more_than_64_tool_calls_are_one_malformed_event() {
        assertEquals(
                64,
                vapi.identify(Fixtures.delivery(toolCalls("tool-calls", 64), Map.of()))
                        .size());
        List<IdentifiedEvent> events = vapi.identify(Fixtures.delivery(toolCalls("tool-calls", 65), Map.of()));
        assertEquals(
                List.of("The delivery has more than 64 events."),
                events.stream().map(IdentifiedEvent::flaw).toList());
        IdentifiedEvent report = vapi.identify(Fixtures.delivery(toolCalls("end-of-call-report", 500), Map.of()))
                .get(0);
        assertEquals("c1:end-of-call-report", report.eventId(), "which may list its tool calls");
    }

    @Test
    void a_repeated_tool_call_is_counted_once() {
        String body = new String(toolCalls("tool-calls", 64), StandardCharsets.UTF_8);
        String twice = body.replace("\"toolCallList\":", "\"toolCalls\":") + " ";
        String both = body.substring(0, body.length() - 2) + "," + twice.substring(twice.indexOf("\"toolCalls\":"));
        assertEquals(64, vapi.identify(Fixtures.delivery(bytes(both), Map.of())).size());
    }

    private static byte[] toolCalls(String type, int count) {
        String calls = IntStream.range(0, count)
                .mapToObj(i -> "{\"id\":\"call_" + i + "\"}")
                .collect(Collectors.joining(","));
        return bytes(
                "{\"message\":{\"type\":\"" + type + "\",\"call\":{\"id\":\"c1\"},\"toolCallList\":[" + calls + "]}}");
    }

    @Test
    void only_differing_reports_and_conversations_are_kept_again() {
        assertEquals(
                Repeat.ADDED,
                Fixtures.identify("vapi", Fixtures.text("vapi/end-of-call-report.json"))
                        .repeat());
        IdentifiedEvent conversation = Fixtures.identify("vapi", Fixtures.text("vapi/conversation-update.json"));
        assertEquals(Repeat.REPLACED, conversation.repeat());
        assertEquals(Instant.ofEpochMilli(1_780_318_806_600L), conversation.sentAt());
        assertEquals(
                Repeat.IGNORED,
                Fixtures.identify("vapi", Fixtures.text("vapi/hang.json")).repeat());
    }

    @Test
    void an_unknown_type_is_accepted() {
        String body =
                "{\"extra\":[{}],\"message\":{\"type\":\"brand.new\",\"timestamp\":1780318800000,\"deep\":{\"a\":[1]},"
                        + "\"call\":{\"id\":\"c1\",\"status\":\"in-progress\"}}}";
        assertEquals(
                "c1:brand.new:1780318800000", Fixtures.identify("vapi", body).eventId());
        assertEquals(CallState.IN_PROGRESS, Fixtures.event("vapi", body).status());
        String predial = "{\"message\":{\"type\":\"campaign.predial\",\"campaignId\":\"k1\",\"timestamp\":5}}";
        assertEquals("k1:campaign.predial:5", Fixtures.identify("vapi", predial).eventId());
        assertNull(vapi.translate(new RawEvent("campaign.predial", 1, bytes(predial), NOW)));
    }

    @Test
    void what_cannot_be_named_is_malformed() {
        String whole = Fixtures.text("vapi/status-update-ended.json").strip();
        for (String body : List.of(
                "",
                "[]",
                "null",
                "{",
                "{}",
                "{\"message\":7}",
                "{\"message\":{\"type\":\"hang\"}}",
                whole + "{}",
                whole.substring(0, whole.length() - 1),
                "[".repeat(60),
                "{\"message\":{\"type\":\"x\",\"call\":{\"id\":\"" + "1".repeat(500) + "\"}}}")) {
            IdentifiedEvent event = Fixtures.identify("vapi", body);
            assertTrue(event.isMalformed(), body);
            assertEquals("malformed:" + Signature.hex(Signature.sha256(bytes(body))), event.eventId());
            assertArrayEquals(bytes(body), event.body());
        }
        assertTrue(vapi.identify(Fixtures.delivery(new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'}, Map.of()))
                .get(0)
                .isMalformed());
    }

    @Test
    void names_hold_nothing_that_the_database_refuses() {
        IdentifiedEvent event = Fixtures.identify(
                "vapi", "{\"message\":{\"type\":\"a\\u0000b\",\"timestamp\":1,\"call\":{\"id\":\"c\\ud800\"}}}");
        assertEquals("c\uFFFD:a\uFFFDb:1", event.eventId());
        assertEquals("c\uFFFD", event.callKey());
    }

    @Test
    void a_report_tells_all_there_is() {
        CallEvent event = Fixtures.sample("vapi/end-of-call-report.json");
        assertEquals(Kind.REPORT, event.kind());
        assertEquals(CallState.ENDED, event.status());
        assertEquals(true, event.answered());
        assertEquals(new Parties(CallDirection.INBOUND, "+15555550142", "+15555550100"), event.parties());
        assertEquals(
                new CallTimes(
                        new Moment(Instant.parse("2026-06-01T13:00:01Z"), Basis.STATED),
                        new Moment(Instant.parse("2026-06-01T13:00:01Z"), Basis.STATED),
                        new Moment(Instant.parse("2026-06-01T13:00:24Z"), Basis.STATED)),
                event.times());
        Report report = event.report();
        assertEquals("customer-ended-call", report.get(ReportField.ENDED_REASON));
        assertEquals(23, report.get(ReportField.DURATION_SECONDS));
        assertEquals(new BigDecimal("0.044400"), report.get(ReportField.COST));
        assertEquals("USD", report.get(ReportField.CURRENCY));
        assertEquals(true, report.get(ReportField.SUCCESS));
        assertEquals("Caller booked a cleaning for Thursday 09:30.", report.get(ReportField.SUMMARY));
        assertEquals("true", report.get(ReportField.SUCCESS_EVALUATION));
        assertEquals("https://storage.example.com/" + CALL + "-mono.wav", report.get(ReportField.RECORDING_URL));
        assertTrue(String.valueOf(event.transcript()).startsWith("AI: Acme Dental, how can I help?\nUser: "));
        assertEquals("CAb186b2bdaa472901efe3234957a9332d", report.get(ReportField.CARRIER_CALL_ID));
        assertEquals("normal", event.metadata().get("endedGroup"));
    }

    @Test
    void a_call_that_is_shown_in_passing_did_not_end_then() {
        assertEquals(CallState.ENDED, Fixtures.sample("vapi/call-deleted.json").status());
        assertNull(Fixtures.sample("vapi/call-deleted.json").times().ended());
    }

    @Test
    void a_finished_utterance_is_a_fragment_of_the_talk() {
        Instant said = Instant.ofEpochMilli(1780318806500L);
        List<TranscriptFragment> fragments = List.of(new TranscriptFragment(
                "1780318806500:user",
                TranscriptFragment.Speaker.CONTACT,
                "I would like to book a cleaning on Thursday morning.",
                null,
                said));
        assertEquals(fragments, Fixtures.sample("vapi/transcript-final.json").fragments());
        assertEquals(
                fragments,
                Fixtures.sample("vapi/transcript-final-only-type.json").fragments());
        assertEquals(List.of(), Fixtures.sample("vapi/transcript-partial.json").fragments());
        assertEquals(List.of(), Fixtures.sample("vapi/end-of-call-report.json").fragments());
    }

    @Test
    void the_carrier_s_id_is_a_key_of_the_call() {
        assertEquals(
                List.of(new CallKey("twilio", "CAb186b2bdaa472901efe3234957a9332d")),
                Fixtures.sample("vapi/end-of-call-report.json").keys());
    }

    @Test
    void an_outbound_call_goes_the_other_way() {
        CallEvent event = Fixtures.sample("vapi/status-update-queued.json");
        assertEquals(new Parties(CallDirection.OUTBOUND, "+15555550100", "+15555550177"), event.parties());
        assertEquals("Acme patient recall", event.report().get(ReportField.CUSTOMER_NAME));
    }

    @Test
    void the_ended_reason_tells_that_a_call_was_not_answered() {
        String report = Fixtures.text("vapi/end-of-call-report.json");
        assertEquals(false, reported(report, "customer-did-not-answer").answered());
        assertEquals(false, reported(report, "assistant-request-failed").answered());
        assertEquals(false, reported(report, "call.start.error-get-assistant").answered());
        assertEquals(true, reported(report, "pipeline-error-openai-llm-failed").answered());
        assertEquals(true, reported(report, "never-heard-of").answered());
        String change = Fixtures.text("vapi/status-update-ended.json");
        assertEquals(true, Fixtures.event("vapi", change).answered());
        assertNull(Fixtures.event("vapi", withoutStart(change)).answered());
    }

    @Test
    void a_hot_lead_is_found_in_the_analysis() {
        String report = Fixtures.text("vapi/end-of-call-report.json");
        String hot = report.replace("\"intent\": \"booking\"", "\"leadScore\": \"Hot\"");
        assertEquals(LeadScore.HOT, Fixtures.event("vapi", hot).report().get(ReportField.LEAD_SCORE));
        assertNull(Fixtures.event("vapi", report).report().get(ReportField.LEAD_SCORE));
    }

    @Test
    void what_is_of_another_type_than_expected_tells_nothing() {
        CallEvent event = Fixtures.event(
                "vapi",
                "{\"message\":{\"type\":\"end-of-call-report\",\"startedAt\":[],\"endedAt\":\"soon\",\"cost\":\"much\","
                        + "\"analysis\":null,\"artifact\":7,\"customer\":\"me\",\"timestamp\":true,"
                        + "\"call\":{\"id\":\"c1\",\"customer\":{\"number\":{\"a\":1}}}}}");
        assertEquals(Parties.UNKNOWN, event.parties());
        assertEquals(Fixtures.ARRIVED, event.at());
        assertNull(event.report().get(ReportField.COST));
    }

    private static CallEvent reported(String report, String reason) {
        return Fixtures.event("vapi", report.replace("customer-ended-call", reason));
    }

    private static String withoutStart(String body) {
        return body.replace("\"startedAt\"", "\"was\"");
    }

    private static String name(String sample) {
        return Fixtures.identify("vapi", Fixtures.text("vapi/" + sample + ".json"))
                .eventId();
    }

    private boolean signed(String timestamp, String algorithm, String prefix) {
        String mac = Signature.hex(Signature.hmac(algorithm, KEY, bytes(timestamp + "."), BODY));
        return verifies(Map.of("x-timestamp", timestamp, "x-signature", prefix + mac));
    }

    private boolean verifies(Map<String, String> headers) {
        return Fixtures.verdict(vapi, Fixtures.delivery(BODY, headers), NOW, KEY)
                .isAccepted();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
