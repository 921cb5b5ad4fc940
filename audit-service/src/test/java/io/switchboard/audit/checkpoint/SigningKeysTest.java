package io.switchboard.audit.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.switchboard.audit.format.SignedNote;
import io.switchboard.audit.format.VerifierKey;
import io.switchboard.kit.secret.Secret;
import io.switchboard.kit.test.SigningKeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SigningKeysTest {
    private static final UUID ORG = UUID.fromString("0198f2c4-7d3a-7c51-9b1e-2f6a8d4c0e17");
    private static final Instant RENEWED = Instant.parse("2026-11-20T00:00:00Z");
    private static final String FROM = "from: " + RENEWED + "\n";
    private static final byte[] ROOT = new byte[32];
    private final SigningKeyPair old = new SigningKeyPair();
    private final SigningKeyPair fresh = new SigningKeyPair();

    @Test
    void a_note_verifies_with_the_organization_s_key_and_no_other() {
        var keys = keys(old.privatePem());
        var note = SignedNote.parse(keys.sign(ORG, 7, ROOT, RENEWED));
        var own = keys.verifierKeys(ORG);
        assertEquals("auth.example.com/audit/" + ORG, own.get(0).name());
        assertTrue(note.isSignedBy(own.get(0)));
        assertEquals(RENEWED, note.timeBy(own.get(0)));
        assertFalse(note.isSignedBy(keys.verifierKeys(UUID.randomUUID()).get(0)));
        assertEquals(
                "auth.example.com/audit/" + ORG + "\n7\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n", note.text());
    }

    @Test
    void both_keys_sign_for_seven_days_after_a_renewal() {
        var keys = keys(FROM + fresh.privatePem() + "\n# the key of 2025\n" + old.privatePem());
        assertEquals(List.of("old"), signers(keys, RENEWED.minusSeconds(1)));
        assertEquals(List.of("fresh", "old"), signers(keys, RENEWED));
        assertEquals(
                List.of("fresh", "old"),
                signers(keys, RENEWED.plus(Duration.ofDays(7)).minusSeconds(1)));
        assertEquals(List.of("fresh"), signers(keys, RENEWED.plus(Duration.ofDays(7))));
    }

    @Test
    void the_list_says_when_each_signs() {
        var listed = keys(FROM + fresh.privatePem() + old.privatePem()).all();
        assertEquals(RENEWED, listed.get(0).from());
        assertNull(listed.get(0).until());
        assertNull(listed.get(1).from());
        assertEquals(RENEWED.plus(Duration.ofDays(7)), listed.get(1).until());
    }

    @Test
    void what_an_old_key_signed_verifies_with_its_public_half_that_stays_in_the_list() {
        var before = keys(old.privatePem()).sign(ORG, 3, ROOT, RENEWED.minus(Duration.ofDays(90)));
        var now = keys(FROM + fresh.privatePem() + old.publicPem());
        assertTrue(SignedNote.parse(before).isSignedBy(now.verifierKeys(ORG).get(1)));
        assertEquals(List.of("fresh"), signers(now, RENEWED.plusSeconds(1)));
    }

    @Test
    void two_keys_without_a_time_both_sign() {
        assertEquals(List.of("fresh", "old"), signers(keys(fresh.privatePem() + old.privatePem()), RENEWED));
    }

    @Test
    void before_its_time_a_sole_key_signs_nothing() {
        var keys = keys(FROM + fresh.privatePem());
        assertThrows(IllegalStateException.class, () -> keys.sign(ORG, 1, ROOT, RENEWED.minusSeconds(1)));
    }

    static Stream<String> noKeys() {
        var pair = new SigningKeyPair();
        var pem = pair.privatePem();
        return Stream.of(
                "",
                "s3cret",
                pair.publicPem(),
                pem.substring(0, pem.length() - 30),
                pem.replace("PRIVATE", "ENCRYPTED PRIVATE"),
                pem.replace("MC4C", "s3cret"),
                "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----",
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
                FROM,
                FROM + FROM + pem,
                "from: s3cret\n" + pem,
                "form: 2026-11-20T00:00:00Z\n" + pem,
                pem + FROM,
                FROM + pem + "from: 2026-11-21T00:00:00Z\n" + pem,
                pem.repeat(17),
                SigningKeyPair.pem(
                        "PRIVATE KEY", SigningKeyPair.of("X25519").getPrivate().getEncoded()),
                SigningKeyPair.pem(
                        "PRIVATE KEY", SigningKeyPair.of("EC").getPrivate().getEncoded()));
    }

    @ParameterizedTest
    @MethodSource("noKeys")
    void what_is_no_list_of_keys_is_refused_in_words_that_repeat_nothing_of_it(String pem) {
        var refused = assertThrows(IllegalArgumentException.class, () -> PemKeys.read(pem, "example.com/audit"));
        assertTrue(
                refused.getMessage()
                        .startsWith("SWITCHBOARD_AUDIT_SIGNING_KEY (or SWITCHBOARD_AUDIT_SIGNING_KEY_FILE) "),
                refused::getMessage);
        assertFalse(refused.getMessage().contains("s3cret"), refused::getMessage);
        assertNull(refused.getCause());
    }

    @Test
    void an_origin_is_no_url() {
        for (var origin : List.of("https://example.com/audit", "a b", "a+b", "", "a/", "/a", "x".repeat(201))) {
            assertThrows(IllegalArgumentException.class, () -> keys(old.privatePem(), Optional.of(origin)), origin);
        }
        assertEquals(
                "log.example.com",
                keys(old.privatePem(), Optional.of("log.example.com")).origin());
    }

    private List<String> signers(SigningKeys keys, Instant now) {
        var note = SignedNote.parse(keys.sign(ORG, 1, ROOT, now));
        return keys.verifierKeys(ORG).stream()
                .filter(note::isSignedBy)
                .map(this::called)
                .toList();
    }

    private String called(VerifierKey key) {
        return Arrays.equals(key.publicKey(), fresh.publicKey()) ? "fresh" : "old";
    }

    private static SigningKeys keys(String pem) {
        return keys(pem, Optional.empty());
    }

    private static SigningKeys keys(String pem, Optional<String> origin) {
        return new SigningKeys(Optional.of(Secret.valueOf(pem)), origin, "https://auth.example.com:8443");
    }
}
