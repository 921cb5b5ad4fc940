package io.switchboard.voice.provider.vonage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.switchboard.voice.provider.Fixtures;
import io.switchboard.voice.signature.Delivery;
import io.switchboard.voice.signature.Signature;
import io.switchboard.voice.signature.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VonageTokenTest {
    private static final byte[] KEY = bytes("test-vonage-signature-secret");
    private static final Instant NOW = Instant.parse("2026-06-01T13:00:00Z");
    private static final String HS256 = "{\"alg\": \"HS256\", \"typ\": \"JWT\"}";
    private static final byte[] BODY = bytes("{\"uuid\": \"a\"}");
    private static final String QUERY = "uuid=a&to=1";

    private final Vonage vonage = new Vonage();

    @Test
    void the_token_must_cover_the_body_that_came() {
        assertEquals(Verdict.CURRENT, post(HS256, claims(hash(BODY))));
        assertEquals(Verdict.CURRENT, post(HS256, claims(hash(BODY).toUpperCase())));
        assertEquals(Verdict.REFUSED, post(HS256, claims(hash(bytes("{}")))));
        assertEquals(Verdict.REFUSED, post(HS256, claims(null)), "without a hash nothing covers the body");
    }

    @Test
    void the_token_of_a_get_may_cover_nothing_the_empty_body_or_the_query() {
        for (String hash : new String[] {null, hash(new byte[0]), hash(bytes(QUERY))}) {
            assertEquals(Verdict.CURRENT, get(claims(hash)), String.valueOf(hash));
        }
        assertEquals(Verdict.REFUSED, get(claims(hash(bytes(QUERY + "&a=b")))));
        assertEquals(Verdict.REFUSED, get(claims(hash(BODY))));
    }

    @Test
    void it_is_taken_for_five_minutes_either_way() {
        for (long offset : List.of(-300L, 0L, 300L)) {
            assertEquals(Verdict.CURRENT, get("{\"iat\": " + (NOW.getEpochSecond() + offset) + "}"));
        }
        for (long offset : List.of(-301L, 301L)) {
            assertEquals(Verdict.REFUSED, get("{\"iat\": " + (NOW.getEpochSecond() + offset) + "}"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"iat\": null}",
                "{\"iat\": \"now\"}",
                "{\"iat\": 1e30000000}",
                "{\"iat\": [1780318800]}",
                "[]",
                "1",
                "nothing",
                "{\"iat\": 1780318800"
            })
    void claims_without_a_time_are_refused(String claims) {
        assertEquals(Verdict.REFUSED, get(claims));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"alg\": \"none\"}", "{\"alg\": \"HS512\"}", "{}", "{\"alg\": [\"HS256\"}", "HS256"})
    void no_other_algorithm_is_taken(String head) {
        assertEquals(Verdict.REFUSED, post(head, claims(hash(BODY))));
    }

    @Test
    void the_signature_of_the_previous_secret_is_known_as_such() {
        Delivery delivery = delivery("POST", BODY, token(HS256, claims(hash(BODY))));
        assertEquals(Verdict.PREVIOUS, Fixtures.verdict(vonage, delivery, NOW, bytes("another"), KEY));
        assertEquals(Verdict.REFUSED, Fixtures.verdict(vonage, delivery, NOW, bytes("another"), bytes("other")));
    }

    private Verdict post(String head, String claims) {
        return Fixtures.verdict(vonage, delivery("POST", BODY, token(head, claims)), NOW, KEY);
    }

    private Verdict get(String claims) {
        return Fixtures.verdict(vonage, delivery("GET", new byte[0], token(HS256, claims)), NOW, KEY);
    }

    private static Delivery delivery(String method, byte[] body, String token) {
        return Fixtures.delivery(method, Fixtures.URL + "?" + QUERY, body, Map.of("Authorization", "Bearer " + token));
    }

    private static String claims(String hash) {
        String covered = hash == null ? "" : ", \"payload_hash\": \"" + hash + "\"";
        return "{\"iat\": " + NOW.getEpochSecond() + ", \"jti\": \"1\", \"iss\": \"Vonage\"" + covered + "}";
    }

    private static String token(String head, String claims) {
        String signed = encoded(bytes(head)) + "." + encoded(bytes(claims));
        return signed + "." + encoded(Signature.hmac("HmacSHA256", KEY, bytes(signed)));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String hash(byte[] bytes) {
        return Signature.hex(Signature.sha256(bytes));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
