package io.switchboard.auth.token;

import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;

/**
 * An opaque token that says where it belongs, so that it is looked up within its tenant: organization, row, and 256 random
 * bits, of which the database has the SHA-256.
 */
public final class AddressedToken {
    private static final int ADDRESS = 32;
    private static final int BYTES = 64;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] bytes;

    private AddressedToken(byte[] bytes) {
        this.bytes = bytes;
    }

    public static AddressedToken next(UUID orgId, UUID id) {
        var secret = new byte[BYTES - ADDRESS];
        RANDOM.nextBytes(secret);
        return new AddressedToken(ByteBuffer.allocate(BYTES)
                .putLong(orgId.getMostSignificantBits())
                .putLong(orgId.getLeastSignificantBits())
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .put(secret)
                .array());
    }

    /** One that somebody shows; what is none belongs to nobody, and is not found there. */
    public static AddressedToken read(String text) {
        try {
            var bytes = Base64.getUrlDecoder().decode(text);
            return new AddressedToken(bytes.length == BYTES ? bytes : new byte[BYTES]);
        } catch (IllegalArgumentException e) {
            return new AddressedToken(new byte[BYTES]);
        }
    }

    public UUID orgId() {
        return uuid(0);
    }

    public UUID id() {
        return uuid(16);
    }

    /** SHA-256 of the random part, as the database has it. */
    public Buffer hash() {
        try {
            return Buffer.buffer(
                    MessageDigest.getInstance("SHA-256").digest(Arrays.copyOfRange(bytes, ADDRESS, BYTES)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** For the answer to its holder, and nothing else. */
    public String reveal() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private UUID uuid(int at) {
        var half = ByteBuffer.wrap(bytes, at, 16);
        return new UUID(half.getLong(), half.getLong());
    }

    @Override
    public String toString() {
        return "***";
    }
}
