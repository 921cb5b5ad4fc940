package io.switchboard.voice.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.switchboard.voice.callevent.CallDirection;
import io.switchboard.voice.callevent.CallEvent;
import io.switchboard.voice.callevent.Parties;
import io.switchboard.voice.callevent.ReportField;
import io.switchboard.voice.provider.Fixtures;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CallTest {
    private static final UUID ID = new UUID(7, 7);

    @Test
    void a_vapi_call_ends_the_same_in_every_order() {
        List<CallEvent> events = samples(
                "vapi/status-update-queued.json",
                "vapi/status-update-ringing.json",
                "vapi/status-update-in-progress.json",
                "vapi/status-update-forwarding.json",
                "vapi/conversation-update.json",
                "vapi/status-update-ended.json",
                "vapi/end-of-call-report.json");
        Call call = told(events);
        everyOrder(events, shuffled -> assertEquals(call, told(shuffled)));
        assertEquals("ended", call.state().wire());
        assertEquals(new Parties(CallDirection.INBOUND, "+15555550142", "+15555550100"), call.parties());
        assertEquals("+15555550142", call.counterpart());
        assertEquals(Instant.parse("2026-06-01T13:00:01Z"), call.times().started());
        assertEquals(Instant.parse("2026-06-01T13:00:01Z"), call.times().answered());
        assertEquals(Instant.parse("2026-06-01T13:00:24Z"), call.times().ended());
        assertEquals(23, call.report().get(ReportField.DURATION_SECONDS));
        assertEquals(
                "Caller booked a cleaning for Thursday 09:30.", call.report().get(ReportField.SUMMARY));
        assertEquals("+15555550110", call.metadata().get("forwardedTo"));
        assertEquals(true, call.answered());
    }

    @Test
    void a_call_with_all_vapi_messages_ends_alike_in_any_order() {
        List<CallEvent> events = new ArrayList<>(Stream.of(
                        "assistant-request",
                        "call-artifact-upload",
                        "call-deleted",
                        "conversation-update",
                        "handoff-destination-request",
                        "hang",
                        "knowledge-base-request",
                        "language-change-detected",
                        "model-output",
                        "phone-call-control",
                        "speech-update",
                        "status-update-ended",
                        "status-update-forwarding",
                        "status-update-in-progress",
                        "status-update-queued",
                        "status-update-ringing",
                        "transcript-final-only-type",
                        "transcript-final",
                        "transcript-partial",
                        "transfer-destination-request",
                        "transfer-update",
                        "user-interrupted")
                .map(name -> Fixtures.sample("vapi/" + name + ".json"))
                .toList());
        String report = Fixtures.text("vapi/end-of-call-report.json");
        events.add(Fixtures.event("vapi", report.replaceAll("\"(r|stereoR)ecording", "\"lost"), 1));
        events.add(
                Fixtures.event("vapi", report.replace("0.0444", "0.0001").replace("Caller booked", "A caller had"), 2));
        Call call = told(events);
        shuffles(events, shuffled -> assertEquals(call, told(shuffled)));
        assertEquals("0.044400", String.valueOf(call.report().get(ReportField.COST)), "the first report stands");
        assertEquals(
                "Caller booked a cleaning for Thursday 09:30.", call.report().get(ReportField.SUMMARY));
        assertTrue(
                String.valueOf(call.report().get(ReportField.RECORDING_URL)).endsWith("-mono.wav"),
                "the second fills what it lacked");
        assertEquals(Instant.parse("2026-06-01T13:00:24Z"), call.times().ended(), "a later sighting is not the end");
    }

    @Test
    void an_outbound_twilio_call_ends_the_same_in_every_order() {
        List<CallEvent> events = samples(
                "twilio/status-initiated.form",
                "twilio/status-ringing.form",
                "twilio/status-in-progress.form",
                "twilio/status-completed.form",
                "twilio/amd-status.form",
                "twilio/event-streams-batch.json");
        Call call = told(events);
        everyOrder(events, shuffled -> assertEquals(call, told(shuffled)));
        assertEquals("ended", call.state().wire());
        assertEquals("+15555550177", call.counterpart());
        assertEquals(Instant.parse("2026-06-01T13:10:00Z"), call.times().started());
        assertEquals(Instant.parse("2026-06-01T13:10:09Z"), call.times().answered());
        assertEquals(Instant.parse("2026-06-01T13:10:58Z"), call.times().ended());
        assertEquals(49, call.report().get(ReportField.DURATION_SECONDS));
        assertEquals("completed", call.report().get(ReportField.ENDED_REASON));
        assertEquals("machine_end_beep", call.metadata().get("answeredBy"));
    }

    @Test
    void a_call_with_all_twilio_callbacks_ends_alike_in_any_order() {
        List<CallEvent> events = samples(
                "twilio/incoming-call.form",
                "twilio/gather-digits.form",
                "twilio/gather-partial.form",
                "twilio/gather-speech.form",
                "twilio/dial-action.form",
                "twilio/realtime-transcription-started.form",
                "twilio/realtime-transcription-content.form",
                "twilio/realtime-transcription-stopped.form",
                "twilio/recording-in-progress.form",
                "twilio/recording-completed.form",
                "twilio/transcription-completed.form",
                "twilio/transcription-failed.form",
                "twilio/status-inbound-completed.form");
        Call call = told(events);
        shuffles(events, shuffled -> assertEquals(call, told(shuffled)));
        assertEquals(Instant.parse("2026-06-01T13:00:01Z"), call.times().answered());
        assertEquals(Instant.parse("2026-06-01T13:01:12Z"), call.times().ended());
        assertEquals(71, call.report().get(ReportField.DURATION_SECONDS));
        assertEquals(
                "Hello, please call Acme Dental back.",
                Objects.requireNonNull(call.transcript()).text());
        assertEquals(true, call.answered());
    }

    @Test
    void an_ended_call_never_reopens() {
        Call call = told(samples("vapi/status-update-ended.json", "vapi/status-update-in-progress.json"));
        assertEquals("ended", call.state().wire());
    }

    @Test
    void an_event_that_tells_nothing_new_leaves_the_call_as_it_was() {
        Call call = told(samples("vapi/status-update-in-progress.json", "vapi/hang.json"));
        for (String noise :
                List.of("user-interrupted", "model-output", "speech-update", "transcript-partial", "hang")) {
            CallEvent event = Fixtures.sample("vapi/" + noise + ".json");
            assertEquals(call, call.after(event, "US"), noise);
        }
    }

    @Test
    void a_call_without_a_provider_s_count_is_counted_from_the_answer() {
        String ended = Fixtures.text("vapi/status-update-ended.json").replace("\"startedAt\"", "\"was\"");
        List<CallEvent> events =
                List.of(Fixtures.sample("vapi/status-update-in-progress.json"), Fixtures.event("vapi", ended));
        everyOrder(events, shuffled -> assertEquals(23, told(shuffled).report().get(ReportField.DURATION_SECONDS)));
        assertNull(told(List.of(Fixtures.event("vapi", ended))).report().get(ReportField.DURATION_SECONDS));
        assertEquals(0, told(samples("twilio/status-busy.form")).report().get(ReportField.DURATION_SECONDS));
    }

    @Test
    void of_conversation_updates_the_latest_stands_until_the_report() {
        String early = Fixtures.text("vapi/conversation-update.json");
        String late = early.replace("1780318806600", "1780318809999").replace("a cleaning", "an extraction");
        CallEvent report = Fixtures.sample("vapi/end-of-call-report.json");
        List<CallEvent> events = List.of(Fixtures.event("vapi", early), Fixtures.event("vapi", late));
        everyOrder(events, shuffled -> {
            Call call = told(shuffled);
            assertEquals(
                    "AI: Acme Dental, how can I help?\nUser: I would like to book an extraction on Thursday morning.\n",
                    Objects.requireNonNull(call.transcript()).text());
            assertEquals(
                    report.transcript(),
                    Objects.requireNonNull(call.after(report, "US").transcript())
                            .text());
        });
    }

    @Test
    void odd_numbers_lose_no_call() {
        for (String from : List.of("anonymous", "client:jo", "sip:jo@example.com", "%2B266696687", "", "Restricted")) {
            Call call = told(List.of(Fixtures.event(
                    "twilio", "CallSid=CA1&CallbackSource=x&CallStatus=no-answer&Direction=inbound&From=" + from)));
            assertNull(call.counterpart());
            assertTrue(call.isMissed());
        }
    }

    static Call told(List<CallEvent> events) {
        Call call = Call.first(ID, events.get(0), "US");
        for (CallEvent event : events.subList(1, events.size())) {
            call = call.after(event, "US");
        }
        return call;
    }

    static List<CallEvent> samples(String... files) {
        return Stream.of(files).map(Fixtures::sample).toList();
    }

    /** Each with a repeat somewhere after. */
    private static void everyOrder(List<CallEvent> events, Consumer<List<CallEvent>> check) {
        permute(new ArrayList<>(events), 0, order -> {
            List<CallEvent> repeated = new ArrayList<>(order);
            repeated.add(order.get(order.size() / 2));
            check.accept(repeated);
        });
    }

    private static void permute(List<CallEvent> events, int from, Consumer<List<CallEvent>> check) {
        if (from == events.size()) {
            check.accept(List.copyOf(events));
        }
        for (int i = from; i < events.size(); i++) {
            Collections.swap(events, from, i);
            permute(events, from + 1, check);
            Collections.swap(events, from, i);
        }
    }

    /** With every event once and a third of them again. */
    private static void shuffles(List<CallEvent> events, Consumer<List<CallEvent>> check) {
        for (int seed = 0; seed < 2000; seed++) {
            Random random = new Random(seed);
            List<CallEvent> shuffled = new ArrayList<>(events);
            Collections.shuffle(shuffled, random);
            shuffled.addAll(shuffled.subList(0, events.size() / 3));
            Collections.shuffle(shuffled, random);
            check.accept(shuffled);
        }
    }
}
