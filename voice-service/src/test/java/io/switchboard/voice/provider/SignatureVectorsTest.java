package io.switchboard.voice.provider;

import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchboard.voice.signature.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class SignatureVectorsTest {
    private static final byte[] OTHER = "not this".getBytes(StandardCharsets.UTF_8);

    /** 151 of the providers, and the documented example of Standard Webhooks. */
    @Test
    void there_are_vectors_of_each_provider() {
        Map<String, Long> expected = Map.ofEntries(
                entry("vapi", 54L),
                entry("twilio", 43L),
                entry("telnyx", 15L),
                entry("retell", 15L),
                entry("vonage", 12L),
                entry("plivo", 8L),
                entry("elevenlabs", 4L),
                entry("standard", 1L));
        assertEquals(expected, counts(vector -> !isOwn(vector)));
        assertEquals(Map.of("vapi", 20L, "twilio", 12L, "standard", 11L), counts(SignatureVectorsTest::isOwn));
    }

    @Test
    void each_provider_has_valid_vectors_whose_body_is_signed() {
        Set<String> checked = valid().filter(vector -> vector.isBodySigned() && vector.body().length > 7)
                .map(SignatureVector::provider)
                .collect(Collectors.toSet());
        assertEquals(Fixtures.providers().stream().map(Provider::name).collect(Collectors.toSet()), checked);
    }

    @Test
    void each_provider_that_signs_a_time_has_its_window_checked() {
        Set<String> checked = valid().filter(vector -> vector.acceptedSeconds().size() == 2)
                .map(SignatureVector::provider)
                .collect(Collectors.toSet());
        assertEquals(Set.of("vapi", "telnyx", "retell", "vonage", "standard", "elevenlabs"), checked);
    }

    @TestFactory
    Stream<DynamicTest> what_was_signed_verifies_and_nothing_else() {
        return Fixtures.vectors().stream()
                .map(SignatureVector::new)
                .map(vector -> dynamicTest(vector.name(), () -> check(vector)));
    }

    private static Map<String, Long> counts(Predicate<JsonNode> which) {
        return Fixtures.vectors().stream()
                .filter(which)
                .collect(Collectors.groupingBy(vector -> vector.path("provider").asText(), Collectors.counting()));
    }

    private static boolean isOwn(JsonNode vector) {
        return vector.path("origin").asText().equals("own");
    }

    private static Stream<SignatureVector> valid() {
        return Fixtures.vectors().stream().map(SignatureVector::new).filter(SignatureVector::isValid);
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
