package io.switchboard.voice.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.switchboard.voice.callevent.CallDirection;
import io.switchboard.voice.callevent.CallEvent;
import io.switchboard.voice.callevent.CallState;
import io.switchboard.voice.callevent.ReportField;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each provider's API answers about a call, and where it is asked. */
class SettledCallTest {
    static final String SID = "CA0123456789abcdef0123456789abcdef";
    static final String ACCOUNT = "AC0123456789abcdef0123456789abcdef";
    static final String UUID = "aaaaaaaa-bbbb-cccc-dddd-0123456789ab";

    @Test
    void vapi_tells_a_call_that_is_over_whole() {
        var told = told("vapi", """
                {"id": "v-1", "type": "outboundPhoneCall", "status": "ended", "endedReason": "customer-ended-call",
                 "createdAt": "2026-06-01T13:00:00Z", "startedAt": "2026-06-01T13:00:05Z",
                 "endedAt": "2026-06-01T13:01:05Z", "cost": 0.25, "customer": {"number": "+15555550142"},
                 "costs": [{"type": "model", "promptTokens": 10, "completionTokens": 5}],
                 "analysis": {"summary": "Asked for a date.", "successEvaluation": "true"}}""");
        assertEquals(CallState.ENDED, told.status());
        assertEquals(true, told.answered());
        assertEquals(CallDirection.OUTBOUND, told.parties().direction());
        assertEquals(60, told.report().get(ReportField.DURATION_SECONDS));
        assertEquals(new BigDecimal("0.250000"), told.report().get(ReportField.COST));
        assertEquals(15, told.report().get(ReportField.TOKENS));
        assertEquals("Asked for a date.", told.report().get(ReportField.SUMMARY));
        assertEquals(end(), told.times().ended().at());
    }

    @Test
    void retell_tells_a_call_that_is_over_whole() {
        var told = told("retell", """
                {"call_id": "r-1", "call_status": "ended", "direction": "inbound", "from_number": "+15555550142",
                 "start_timestamp": 1780318805000, "end_timestamp": 1780318865000, "duration_ms": 60000,
                 "disconnection_reason": "user_hangup", "call_cost": {"combined_cost": 25},
                 "call_analysis": {"call_summary": "Asked for a date."}}""");
        assertEquals(CallState.ENDED, told.status());
        assertEquals(true, told.answered());
        assertEquals(60, told.report().get(ReportField.DURATION_SECONDS));
        assertEquals("user_hangup", told.report().get(ReportField.ENDED_REASON));
        assertEquals("Asked for a date.", told.report().get(ReportField.SUMMARY));
        assertEquals(new BigDecimal("0.250000"), told.report().get(ReportField.COST));
    }

    @Test
    void elevenlabs_tells_a_conversation_that_is_over_whole() {
        var told = told("elevenlabs", """
                {"conversation_id": "conv_1", "agent_id": "a-1", "status": "done",
                 "metadata": {"start_time_unix_secs": 1780318805, "call_duration_secs": 60,
                  "phone_call": {"direction": "inbound", "agent_number": "+15555550100", "external_number": "+15555550142"}},
                 "analysis": {"transcript_summary": "Asked for a date."}}""");
        assertEquals(CallState.ENDED, told.status());
        assertEquals(true, told.answered());
        assertEquals("+15555550142", told.parties().from());
        assertEquals("Asked for a date.", told.report().get(ReportField.SUMMARY));
        assertEquals(end(), told.times().ended().at());
    }

    @Test
    void twilio_tells_a_call_s_end_and_price() {
        var told = told("twilio", """
                {"sid": "%s", "status": "completed", "direction": "inbound", "from": "+15555550142", "to": "+15555550100",
                 "start_time": "Mon, 01 Jun 2026 13:00:05 +0000", "end_time": "Mon, 01 Jun 2026 13:01:05 +0000",
                 "duration": "60", "price": "-0.02500", "price_unit": "USD", "answered_by": null}""".formatted(SID));
        assertEquals(SID, told.callId());
        assertEquals(CallState.ENDED, told.status());
        assertEquals(true, told.answered());
        assertEquals(60, told.report().get(ReportField.DURATION_SECONDS));
        assertEquals(new BigDecimal("0.025000"), told.report().get(ReportField.COST));
        assertEquals("USD", told.report().get(ReportField.CURRENCY));
        assertEquals(end(), told.times().ended().at());
    }

    @Test
    void twilio_tells_that_a_call_was_not_answered() {
        var told = told("twilio", """
                {"sid": "%s", "status": "no-answer", "direction": "inbound", "duration": "0",
                 "end_time": "Mon, 01 Jun 2026 13:01:05 +0000", "price": null}""".formatted(SID));
        assertEquals(false, told.answered());
        assertNull(told.report().get(ReportField.COST));
    }

    @Test
    void telnyx_tells_only_that_a_call_is_over() {
        var told = told("telnyx", """
                {"data": {"call_control_id": "v3:abc", "call_leg_id": "leg-1", "is_alive": false, "call_duration": 60,
                 "start_time": "2026-06-01T13:00:05Z", "end_time": "2026-06-01T13:01:05Z"}}""");
        assertEquals(CallState.ENDED, told.status());
        assertNull(told.answered());
        assertEquals(end(), told.times().ended().at());
    }

    @Test
    void plivo_tells_a_call_s_end_and_price() {
        var told = told("plivo", """
                {"call_uuid": "u-1", "call_direction": "inbound", "from_number": "15555550142", "to_number": "15555550100",
                 "initiation_time": "2026-06-01 13:00:00+00:00", "answer_time": "2026-06-01 13:00:05+00:00",
                 "end_time": "2026-06-01 18:31:05+05:30", "call_duration": 60, "total_amount": "0.02500",
                 "hangup_cause_name": "Normal Hangup", "hangup_source": "Caller"}""");
        assertEquals(CallState.ENDED, told.status());
        assertEquals(true, told.answered());
        assertEquals(60, told.report().get(ReportField.DURATION_SECONDS));
        assertEquals(new BigDecimal("0.025000"), told.report().get(ReportField.COST));
        assertEquals("Normal Hangup", told.report().get(ReportField.ENDED_REASON));
        assertEquals(end(), told.times().ended().at());
    }

    @Test
    void plivo_tells_that_a_call_was_not_answered() {
        var told = told("plivo", """
                {"call_uuid": "u-1", "call_direction": "inbound", "answer_time": null, "call_duration": 0,
                 "end_time": "2026-06-01 13:01:05+00:00", "hangup_cause_name": "Ring Timeout Reached"}""");
        assertEquals(CallState.ENDED, told.status());
        assertEquals(false, told.answered());
    }

    @Test
    void vonage_tells_a_call_s_end_and_price() {
        var told = told("vonage", """
                {"uuid": "%s", "conversation_uuid": "CON-1", "status": "completed", "direction": "inbound",
                 "from": {"type": "phone", "number": "15555550142"}, "to": {"type": "phone", "number": "15555550100"},
                 "start_time": "2026-06-01T13:00:05.000Z", "end_time": "2026-06-01T13:01:05.000Z", "duration": "60",
                 "price": "0.02500", "network": "65512"}""".formatted(UUID));
        assertEquals(CallState.ENDED, told.status());
        assertEquals(true, told.answered());
        assertEquals("15555550142", told.parties().from());
        assertEquals(60, told.report().get(ReportField.DURATION_SECONDS));
        assertEquals("EUR", told.report().get(ReportField.CURRENCY));
        assertEquals(end(), told.times().ended().at());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            vapi       | {"id": "v-1", "status": "in-progress", "startedAt": "2026-06-01T13:00:05Z"} | IN_PROGRESS
            vapi       | {"id": "v-1", "status": "scheduled"}                                        | QUEUED
            retell     | {"call_id": "r-1", "call_status": "ongoing"}                                | IN_PROGRESS
            elevenlabs | {"conversation_id": "c-1", "status": "in-progress"}                         | IN_PROGRESS
            elevenlabs | {"conversation_id": "c-1", "status": "processing"}                          |
            twilio     | {"sid": "CA1", "status": "in-progress", "end_time": null, "duration": null} | IN_PROGRESS
            telnyx     | {"data": {"call_leg_id": "l-1", "is_alive": true}}                          |
            plivo      | {"call_uuid": "u-1", "call_status": "in-progress", "direction": "inbound"}  | IN_PROGRESS
            vonage     | {"uuid": "u-1", "status": "answered", "start_time": "2026-06-01T13:00:05Z"} | IN_PROGRESS
            """)
    void a_call_that_goes_on_is_not_ended(String provider, String answer, CallState state) {
        var told = told(provider, answer);
        assertEquals(state, told.status());
        assertNull(told.times().ended());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "null", "1", "{\"data\": [], \"call\": 1, \"status\": {\"a\": []}}"})
    void an_answer_about_no_call_ends_none(String answer) {
        for (var provider : Fixtures.providers()) {
            if (provider.outcomes() != null) {
                var told = provider.translate(event(answer));
                assertTrue(told == null || told.status() != CallState.ENDED, provider.name());
            }
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            vapi,       v-1,  key,            https://api.vapi.ai/call/v-1
            retell,     r-1,  key,            https://api.retellai.com/v2/get-call/r-1
            elevenlabs, c-1,  key,            https://api.elevenlabs.io/v1/convai/conversations/c-1
            telnyx,     v3:a, key,            https://api.telnyx.com/v2/calls/v3%3Aa
            plivo,      u-1,  MAXXXXXX:token, https://api.plivo.com/v1/Account/MAXXXXXX/Call/u-1/
            """)
    void each_provider_is_asked_at_its_api(String provider, String callId, String key, String url) {
        var places = lookup(provider).find(callId, List.of(), key);
        assertEquals(url, places.get(0).url());
        assertTrue(places.get(0).headers().size() == 1 && !places.toString().contains("token"));
    }

    @Test
    void twilio_is_asked_for_its_own_ids_alone() {
        var places = lookup("twilio").find(SID, List.of(), ACCOUNT + ":token");
        assertEquals(
                "https://api.twilio.com/2010-04-01/Accounts/" + ACCOUNT + "/Calls/" + SID + ".json",
                places.get(0).url());
        assertEquals(List.of(), lookup("twilio").find("../" + SID, List.of(), ACCOUNT + ":token"));
    }

    @Test
    void telnyx_is_asked_by_the_id_for_commands() {
        var places = lookup("telnyx").find("leg-1", List.of("session-1", "v3:abc"), "key");
        assertEquals("https://api.telnyx.com/v2/calls/v3%3Aabc", places.get(0).url());
        assertEquals(List.of(), lookup("telnyx").find("leg-1", List.of("session-1"), "key"));
    }

    @Test
    void an_id_of_another_form_is_asked_nowhere() {
        for (var provider : Fixtures.providers()) {
            var lookup = provider.outcomes();
            if (lookup != null) {
                assertEquals(List.of(), lookup.find("../../a b", List.of(), "AC1:b"), provider.name());
            }
        }
    }

    private static OutcomeLookup lookup(String provider) {
        return Objects.requireNonNull(Fixtures.provider(provider).outcomes());
    }

    private static Instant end() {
        return Instant.parse("2026-06-01T13:01:05Z");
    }

    private static CallEvent told(String provider, String answer) {
        var told = Fixtures.provider(provider).translate(event(answer));
        assertNotNull(told);
        assertEquals(provider, told.provider());
        return told;
    }

    private static RawEvent event(String answer) {
        return new RawEvent(
                RawEvent.SETTLED, RawEvent.SETTLED_REVISION, answer.getBytes(StandardCharsets.UTF_8), Fixtures.ARRIVED);
    }
}
