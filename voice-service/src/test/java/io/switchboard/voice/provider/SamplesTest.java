package io.switchboard.voice.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class SamplesTest {
    /** They are about no call. */
    private static final Set<String> ELSEWHERE = Set.of("vapi/session-created.json");

    @Test
    void there_are_samples_of_both_providers() {
        assertEquals(27, Fixtures.files("vapi").size());
        assertEquals(26, Fixtures.files("twilio").size());
    }

    @TestFactory
    Stream<DynamicTest> every_sample_is_named_and_told() {
        return Stream.of("vapi", "twilio")
                .flatMap(provider -> Fixtures.files(provider).stream())
                .map(file -> dynamicTest(file, () -> check(file)));
    }

    private static void check(String file) {
        Provider provider = Fixtures.provider(file.substring(0, file.indexOf('/')));
        Delivery delivery = Fixtures.delivery(Fixtures.bytes(file), Map.of());
        List<IdentifiedEvent> notices = provider.notices(delivery);
        assertFalse(notices.isEmpty());
        assertEquals(
                notices.stream().map(IdentifiedEvent::eventId).toList(),
                provider.notices(delivery).stream()
                        .map(IdentifiedEvent::eventId)
                        .toList(),
                "named the same again");
        for (IdentifiedEvent notice : notices) {
            assertFalse(notice.isMalformed(), notice::flaw);
            CallEvent event = provider.translate(new RawEvent(notice.type(), 1, notice.body(), Fixtures.ARRIVED));
            if (!ELSEWHERE.contains(file)) {
                assertNotNull(event);
                assertEquals(notice.callKey(), event.callId());
            }
        }
    }
}
