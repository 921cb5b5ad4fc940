package io.switchboard.kit.secret;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/** A token without content: 256 random bits. Its holder has the text, the database only the SHA-256. */
public final class OpaqueToken {
    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String text;

    private OpaqueToken(String text) {
        this.text = text;
    }

    public static OpaqueToken next() {
        var bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new OpaqueToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** A token as presented. */
    public static OpaqueToken shown(String text) {
        return new OpaqueToken(text);
    }

    /** Only for the answer to its holder. */
    public String reveal() {
        return text;
    }

    /** SHA-256, as the database has it; needs no salt, since there is nothing to guess. */
    public Buffer hash() {
        try {
            return Buffer.buffer(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return "***";
    }
}
