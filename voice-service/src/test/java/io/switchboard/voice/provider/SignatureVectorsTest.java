package io.switchboard.voice.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class SignatureVectorsTest {
    private static final byte[] OTHER = "not this".getBytes(StandardCharsets.UTF_8);

    /** As many as there are of each provider, and our own beside them. */
    @Test
    void there_are_vectors_of_each_provider() {
        Map<String, Long> counts = Fixtures.vectors().stream()
                .filter(vector -> !vector.path("origin").asText().equals("own"))
                .collect(Collectors.groupingBy(vector -> vector.path("provider").asText(), Collectors.counting()));
        Map<String, Long> expected = Map.of(
                "vapi",
                54L,
                "twilio",
                43L,
                "telnyx",
                15L,
                "retell",
                15L,
                "vonage",
                12L,
                "plivo",
                8L,
                "elevenlabs",
                4L,
                "standard",
                1L);
        counts.forEach((provider, count) -> assertEquals(expected.get(provider), count, provider));
    }

    @TestFactory
    Stream<DynamicTest> what_was_signed_verifies_and_nothing_else() {
        return Fixtures.vectors().stream()
                .map(SignatureVector::new)
                .map(vector -> dynamicTest(vector.name(), () -> check(vector)));
    }

    private static void check(SignatureVector vector) {
        boolean valid = vector.isValid();
        byte[] secret = vector.secret();
        assertEquals(valid ? Verdict.CURRENT : Verdict.REFUSED, vector.verdict(secret), "by the current secret");
        assertEquals(valid ? Verdict.PREVIOUS : Verdict.REFUSED, vector.verdict(OTHER, secret), "by the previous one");
        assertRefused(vector, "other secrets", OTHER, new byte[0]);
        assertRefused(vector, "no secret");
        assertFalse(vector.with(Map.of()).verdict(secret).isAccepted(), "no header");
        if (valid) {
            checkMutated(vector);
            checkTime(vector);
        }
    }

    private static void checkMutated(SignatureVector vector) {
        for (String name : vector.signedHeaders()) {
            String value = vector.headers().get(name);
            for (int i = 0; i < value.length(); i++) {
                String broken = value.substring(0, i) + (char) (value.charAt(i) ^ 1) + value.substring(i + 1);
                assertRefused(vector.with(name, broken), name + " broken at " + i, vector.secret());
            }
            assertFalse(vector.with(name, " ").verdict(vector.secret()).isAccepted(), name + " is empty");
        }
        for (int i = 0; vector.isBodySigned() && i < vector.body().length; i += 7) {
            byte[] broken = vector.body().clone();
            broken[i] ^= 1;
            assertRefused(vector.with(broken), "body broken at " + i, vector.secret());
        }
        if (vector.isUrlSigned()) {
            assertRefused(vector.withUrl(vector.url() + "x"), "another URL", vector.secret());
        }
    }

    private static void checkTime(SignatureVector vector) {
        byte[] secret = vector.secret();
        for (long offset : vector.acceptedSeconds()) {
            assertTrue(vector.at(offset).verdict(secret).isAccepted(), offset + " seconds after it was signed");
            assertRefused(vector.at(offset + Long.signum(offset)), "a second later", secret);
        }
    }

    private static void assertRefused(SignatureVector vector, String why, byte[]... secrets) {
        assertEquals(Verdict.REFUSED, vector.verdict(secrets), why);
    }
}
