package io.switchboard.voice.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.switchboard.voice.call.Effect.CallMissed;
import io.switchboard.voice.call.Effect.ContactFromCall;
import io.switchboard.voice.callevent.CallEvent;
import io.switchboard.voice.callevent.LeadScore;
import io.switchboard.voice.provider.Fixtures;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CallEffectsTest {
    private static final UUID ID = new UUID(7, 7);
    private static final String NO_ANSWER =
            "CallSid=CA1&CallbackSource=x&SequenceNumber=1&CallStatus=no-answer&Direction=inbound"
                    + "&From=%2B15555550142&To=%2B15555550100&Timestamp=Mon%2C+01+Jun+2026+13%3A20%3A31+%2B0000";

    @Test
    void a_report_makes_a_contact_of_the_caller() {
        List<Effect> effects = effects(List.of(Fixtures.sample("vapi/end-of-call-report.json")));
        assertEquals(1, effects.size());
        ContactFromCall contact = (ContactFromCall) effects.get(0);
        assertEquals("+15555550142", contact.phone());
        assertEquals(Instant.parse("2026-06-01T13:00:24Z"), contact.lastContactAt());
        assertNull(contact.leadScore());
    }

    @Test
    void a_hot_lead_is_told_once_with_the_contact() {
        String hot = Fixtures.text("vapi/end-of-call-report.json")
                .replace("\"intent\": \"booking\"", "\"leadScore\": \"hot\"");
        CallEvent ended = Fixtures.sample("vapi/status-update-ended.json");
        CallEvent report = Fixtures.event("vapi", hot);
        for (List<CallEvent> order : List.of(List.of(ended, report, ended, report), List.of(report, ended, report))) {
            List<LeadScore> scores = effects(order).stream()
                    .map(effect -> ((ContactFromCall) effect).leadScore())
                    .filter(score -> score != null)
                    .toList();
            assertEquals(List.of(LeadScore.HOT), scores);
        }
    }

    @Test
    void a_missed_call_is_told_once_whatever_the_order() {
        List<CallEvent> events = Stream.of("ringing", "no-answer", "no-answer")
                .map(status -> Fixtures.event("twilio", NO_ANSWER.replace("no-answer", status)))
                .toList();
        for (int seed = 0; seed < 50; seed++) {
            List<CallEvent> shuffled = new ArrayList<>(events);
            Collections.shuffle(shuffled, new Random(seed));
            List<Effect> missed = effects(shuffled).stream()
                    .filter(effect -> effect instanceof CallMissed)
                    .toList();
            Instant at = Instant.parse("2026-06-01T13:20:31Z");
            assertEquals(List.of(new CallMissed(ID + ":missed_call", ID, "+15555550142", at)), missed);
        }
    }

    @Test
    void answered_and_outbound_calls_and_legs_are_not_missed() {
        for (String told : List.of(
                NO_ANSWER.replace("no-answer", "completed&CallDuration=3"),
                NO_ANSWER.replace("inbound", "outbound-api"),
                NO_ANSWER + "&ParentCallSid=CA0")) {
            assertNull(missed(told));
        }
        assertNotNull(missed(NO_ANSWER));
        assertNotNull(missed(NO_ANSWER.replace("no-answer", "completed&CallDuration=0")));
        assertNotNull(missed(NO_ANSWER.replace("From=%2B15555550142", "From=anonymous")));
    }

    @Test
    void an_ended_vapi_call_is_missed_only_once_that_is_certain() {
        String ended = Fixtures.text("vapi/status-update-ended.json").replace("\"startedAt\"", "\"was\"");
        String report = Fixtures.text("vapi/end-of-call-report.json")
                .replace("\"startedAt\"", "\"was\"")
                .replace("customer-ended-call", "customer-did-not-answer");
        assertEquals(0, missedIn(List.of(Fixtures.event("vapi", ended))));
        assertEquals(1, missedIn(List.of(Fixtures.event("vapi", ended), Fixtures.event("vapi", report))));
        CallEvent late = Fixtures.sample("vapi/status-update-in-progress.json");
        assertEquals(0, missedIn(List.of(Fixtures.event("vapi", ended), late, Fixtures.event("vapi", report))));
        String unreached = ended.replace("customer-ended-call", "assistant-request-failed");
        assertEquals(1, missedIn(List.of(Fixtures.event("vapi", unreached))));
    }

    @Test
    void a_withheld_number_or_an_unrung_party_is_no_contact() {
        assertEquals(List.of(), effects(List.of(Fixtures.sample("vapi/status-update-queued.json"))));
        assertEquals(List.of(), effects(List.of(Fixtures.sample("twilio/amd-status.form"))));
    }

    @Test
    void repeats_have_no_effects_and_the_same_effect_has_the_same_key() {
        List<CallEvent> events = List.of(
                Fixtures.sample("vapi/status-update-ringing.json"),
                Fixtures.sample("vapi/status-update-in-progress.json"),
                Fixtures.sample("vapi/status-update-ended.json"),
                Fixtures.sample("vapi/end-of-call-report.json"));
        List<CallEvent> twice = new ArrayList<>(events);
        twice.addAll(events);
        List<Effect> effects = effects(twice);
        assertEquals(effects(events), effects);
        assertEquals(
                effects.size(), effects.stream().map(Effect::key).distinct().count());
    }

    private static Object missed(String told) {
        return effects(List.of(Fixtures.event("twilio", told))).stream()
                .filter(effect -> effect instanceof CallMissed)
                .findFirst()
                .orElse(null);
    }

    private static long missedIn(List<CallEvent> events) {
        return effects(events).stream()
                .filter(effect -> effect instanceof CallMissed)
                .count();
    }

    private static List<Effect> effects(List<CallEvent> events) {
        List<Effect> effects = new ArrayList<>();
        Call call = null;
        for (CallEvent event : events) {
            Call after = call == null ? Call.first(ID, event, "US") : call.after(event, "US");
            effects.addAll(CallEffects.of(call, after));
            call = after;
        }
        return effects;
    }
}
