package io.switchboard.voice.call;

import io.switchboard.voice.callevent.AnsweredBy;
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
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Calls of any provider, from a seed: events as odd as adapters can tell them, which contradict one another. */
final class GeneratedCalls {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final int MOST_EVENTS = 12;

    private final Random random;

    GeneratedCalls(long seed) {
        random = new Random(seed);
    }

    List<CallEvent> events(String provider, String callId, List<CallKey> keys) {
        List<CallEvent> events = new ArrayList<>();
        CallDirection direction = oneOf(CallDirection.INBOUND, CallDirection.OUTBOUND);
        for (int n = 1 + random.nextInt(MOST_EVENTS); n > 0; n--) {
            events.add(event(provider, callId, direction, chance(60) ? keys : List.of()));
        }
        if (!keys.isEmpty()) {
            events.set(0, event(provider, callId, direction, keys));
        }
        return events;
    }

    /** What a provider's samples tell of one call, and among it what they do not: twelve events at most. */
    List<CallEvent> amongSamples(CallEvent... samples) {
        CallEvent any = oneOf(samples);
        List<CallEvent> events = new ArrayList<>(events(any.provider(), any.callId(), List.of()));
        events.subList(0, events.size() / 2).clear();
        for (CallEvent sample : samples) {
            if (sample.callId().equals(any.callId()) && events.size() < MOST_EVENTS && chance(60)) {
                events.add(sample);
            }
        }
        return events;
    }

    /** In another order, with repeats. */
    <T> List<T> shuffled(List<T> events) {
        List<T> shuffled = new ArrayList<>(events);
        for (T event : events) {
            if (chance(40)) {
                shuffled.add(event);
            }
        }
        Collections.shuffle(shuffled, random);
        return shuffled;
    }

    private CallEvent event(String provider, String callId, CallDirection direction, List<CallKey> keys) {
        Kind kind = oneOf(Kind.values());
        return CallEvent.of(provider, callId, kind, at())
                .status(maybe(oneOf(CallState.values())))
                .answered(maybe(chance(50)))
                .parties(new Parties(maybe(direction), maybe("+1555555010" + random.nextInt(3)), maybe("+15555550142")))
                .times(new CallTimes(moment(), maybe(moment()), maybe(moment())))
                .report(report())
                .transcript(maybe("AI: " + random.nextInt(3)))
                .keys(keys)
                .metadata(chance(30) ? Map.of("assistantId", "a" + random.nextInt(2)) : Map.of())
                .revision(kind == Kind.REPORT ? 1 + random.nextInt(2) : 1)
                .build();
    }

    private Report report() {
        return Report.NONE
                .with(ReportField.ENDED_REASON, maybe("reason " + random.nextInt(2)))
                .with(ReportField.DURATION_SECONDS, maybe(random.nextInt(100)))
                .with(ReportField.COST, maybe(new BigDecimal("0.0" + random.nextInt(10)).setScale(6)))
                .with(ReportField.SUMMARY, maybe("summary " + random.nextInt(2)))
                .with(ReportField.SUCCESS, maybe(chance(50)))
                .with(ReportField.CUSTOMER_NAME, maybe("Ada"))
                .with(ReportField.LEAD_SCORE, maybe(oneOf(LeadScore.values())))
                .with(ReportField.ANSWERED_BY, maybe(oneOf(AnsweredBy.values())));
    }

    private Moment moment() {
        return new Moment(at(), oneOf(Basis.values()));
    }

    private Instant at() {
        return NOON.plusSeconds(random.nextInt(60));
    }

    private <T> T maybe(T value) {
        return chance(35) ? value : null;
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    @SafeVarargs
    final <T> T oneOf(T... values) {
        return values[random.nextInt(values.length)];
    }
}
