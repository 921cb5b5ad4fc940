package io.switchboard.auth.totp;

import io.switchboard.kit.secret.Fingerprint;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Codes that stand in for a lost authenticator, each once: 50 random bits, of which the database has an HMAC. */
@ApplicationScoped
class RecoveryCodes {
    private static final int COUNT = 10;
    private static final int HALF = 5; // letters on each side of the hyphen
    private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"; // without letters that look alike
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Fingerprint fingerprint;

    RecoveryCodes(Fingerprint fingerprint) {
        this.fingerprint = fingerprint;
    }

    List<String> next() {
        return Stream.generate(() -> half() + "-" + half()).limit(COUNT).toList();
    }

    /** However it is typed: the same code of another user has another one. */
    Buffer hash(UUID userId, String code) {
        var plain = code.toLowerCase(Locale.ROOT).replaceAll("[\\s-]", "");
        return Buffer.buffer(fingerprint.of(("recovery:" + userId + ":" + plain).getBytes(StandardCharsets.UTF_8)));
    }

    private static String half() {
        return RANDOM.ints(HALF, 0, LETTERS.length())
                .mapToObj(i -> LETTERS.substring(i, i + 1))
                .collect(Collectors.joining());
    }
}
