package io.switchboard.voice.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.switchboard.voice.callevent.CallEvent;
import io.switchboard.voice.signature.Delivery;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class SamplesTest {
    /** They are about no call. */
    private static final Set<String> ELSEWHERE = Set.of(
            "vapi/session-created.json",
            "retell/call_inbound.json",
            "elevenlabs/conversation-initiation.json",
            "standard/other.json");

    @Test
    void there_are_samples_of_each_provider() {
        assertEquals(27, Fixtures.files("vapi").size());
        assertEquals(26, Fixtures.files("twilio").size());
        assertEquals(11, Fixtures.files("retell").size());
        assertEquals(5, Fixtures.files("elevenlabs").size());
        assertEquals(15, Fixtures.files("telnyx").size());
        assertEquals(6, Fixtures.files("plivo").size());
        assertEquals(13, Fixtures.files("vonage").size());
        assertEquals(5, Fixtures.files("standard").size());
    }

    @TestFactory
    Stream<DynamicTest> every_sample_is_named_and_told() {
        return Fixtures.providers().stream()
                .flatMap(provider -> Fixtures.files(provider.name()).stream())
                .map(file -> dynamicTest(file, () -> check(file)));
    }

    /** A text file is the query of a GET. */
    private static Delivery delivery(String file) {
        return file.endsWith(".txt")
                ? Fixtures.delivery("GET", Fixtures.URL + "?" + Fixtures.text(file), new byte[0], Map.of())
                : Fixtures.delivery(Fixtures.bytes(file), Map.of());
    }

    private static void check(String file) {
        Provider provider = Fixtures.provider(file.substring(0, file.indexOf('/')));
        Delivery delivery = delivery(file);
        List<IdentifiedEvent> events = provider.identify(delivery);
        assertFalse(events.isEmpty());
        assertEquals(
                events.stream().map(IdentifiedEvent::eventId).toList(),
                provider.identify(delivery).stream()
                        .map(IdentifiedEvent::eventId)
                        .toList(),
                "named the same again");
        for (IdentifiedEvent event : events) {
            assertFalse(event.isMalformed(), event::flaw);
            CallEvent callEvent = provider.translate(new RawEvent(event.type(), 1, event.body(), Fixtures.ARRIVED));
            if (!ELSEWHERE.contains(file)) {
                assertNotNull(callEvent);
                assertEquals(event.callKey(), callEvent.callId());
            }
        }
    }
}
