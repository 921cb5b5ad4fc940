package io.switchboard.voice.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.switchboard.voice.callevent.CallEvent;
import io.switchboard.voice.callevent.CallKey;
import io.switchboard.voice.callevent.ReportField;
import io.switchboard.voice.provider.Fixtures;
import io.switchboard.voice.provider.Provider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** Whatever providers tell of a call, and in whatever order it comes: it ends as the same call. */
class CallOrderTest {
    private static final List<String> CARRIERS = List.of("twilio", "telnyx", "vonage");
    private static final List<String> PLATFORMS = List.of("vapi", "retell", "elevenlabs");
    private static final Map<String, List<CallEvent>> SAMPLES_OF =
            Fixtures.providers().stream().collect(Collectors.toMap(Provider::name, Fixtures::samples));
    private static final List<CallEvent> SAMPLES =
            SAMPLES_OF.values().stream().flatMap(List::stream).toList();
    private static final List<Object> ROWS = rowsOf(SAMPLES);

    @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
    void a_call_of_each_provider_ends_the_same_in_any_order(@ForAll("seeds") long seed) {
        for (Provider provider : Fixtures.providers()) {
            GeneratedCalls generated = new GeneratedCalls(seed);
            List<CallEvent> samples = SAMPLES_OF.get(provider.name());
            List<CallEvent> events = generated.amongSamples(samples.toArray(CallEvent[]::new));
            assertTrue(events.size() <= 12);
            assertEquals(told(events), told(generated.shuffled(events)), provider::name);
        }
    }

    @Property(tries = 300, shrinking = ShrinkingMode.OFF)
    void a_call_over_carrier_and_platform_is_one_in_any_order(@ForAll("seeds") long seed) {
        GeneratedCalls generated = new GeneratedCalls(seed);
        String carrier = generated.oneOf(CARRIERS.toArray(String[]::new));
        String platform = generated.oneOf(PLATFORMS.toArray(String[]::new));
        CallKey carrierId = new CallKey(carrier, "carrier-1");
        List<CallEvent> events = new ArrayList<>(generated.events(platform, "platform-1", List.of(carrierId)));
        events.addAll(generated.events(carrier, carrierId.key(), List.of()));
        boolean hasSecondLeg = generated.chance(30);
        if (hasSecondLeg) {
            events.addAll(generated.events(carrier, "carrier-2", List.of(carrierId)));
        }

        LinkedRows once = new LinkedRows(generated);
        events.forEach(once::apply);
        LinkedRows again = new LinkedRows(generated);
        generated.shuffled(events).forEach(again::apply);
        for (LinkedRows rows : List.of(once, again)) {
            List<CallRow> heads =
                    rows.stored().stream().filter(row -> !row.isLeg()).toList();
            assertEquals(
                    List.of(platform),
                    heads.stream().map(row -> row.call().provider()).toList());
            assertEquals(hasSecondLeg ? 3 : 2, rows.stored().size());
            Integer talk = seconds(heads.get(0).call());
            assertTrue(
                    rows.stored().stream()
                            .anyMatch(row -> Objects.equals(talk, seconds(BorrowedFields.giveBack(row.call())))),
                    "talk seconds are those of one row");
            assertTrue(rows.timesMissedTold() <= 1);
            assertTrue(
                    rows.timesMissedTold() == 1
                            || !CallEffects.isMissed(heads.get(0).call()),
                    "it is told");
        }
        assertEquals(once.facts(), again.facts());
    }

    /** Staff was told of the carrier's call, which was answered later, and of the platform's, which was missed. */
    @Example
    void a_call_that_was_missed_once_is_not_told_again_with_another_id() {
        for (long seed : new long[] {2_012, 5_732, 10_427, 12_278, 25_620, 27_861}) {
            a_call_over_carrier_and_platform_is_one_in_any_order(seed);
        }
    }

    @Property(tries = 50, shrinking = ShrinkingMode.OFF)
    void all_samples_of_all_providers_end_in_the_same_rows_in_any_order(@ForAll("seeds") long seed) {
        GeneratedCalls generated = new GeneratedCalls(seed);
        LinkedRows shuffled = new LinkedRows(generated);
        generated.shuffled(SAMPLES).forEach(shuffled::apply);
        assertEquals(ROWS, shuffled.facts());
    }

    private static Integer seconds(Call call) {
        return call.report().get(ReportField.DURATION_SECONDS);
    }

    private static List<Object> rowsOf(List<CallEvent> events) {
        LinkedRows rows = new LinkedRows(new GeneratedCalls(0));
        events.forEach(rows::apply);
        return rows.facts();
    }

    private static Call told(List<CallEvent> events) {
        Call call = null;
        for (CallEvent event : events) {
            call = call == null ? Call.first(new UUID(7, 7), event, "US") : call.after(event, "US");
        }
        return call;
    }

    @Provide
    Arbitrary<Long> seeds() {
        return Arbitraries.longs();
    }
}
