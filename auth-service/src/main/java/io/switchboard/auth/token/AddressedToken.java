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
 * An opaque token that says where it belongs: organization and row, then 256 random bits. So it is looked up within its
 * tenant; the database has only the SHA-256 of the random part.
 */
public final class AddressedToken {
    private static final int ADDRESS = 32; // bytes: two UUIDs
    private static final int RANDOM_PART = 32; // bytes
    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] bytes;

    private AddressedToken(byte[] bytes) {
        this.bytes = bytes;
    }

    public static AddressedToken next(UUID orgId, UUID id) {
        var random = new byte[RANDOM_PART];
        RANDOM.nextBytes(random);
        return new AddressedToken(ByteBuffer.allocate(ADDRESS + RANDOM_PART)
                .putLong(orgId.getMostSignificantBits())
                .putLong(orgId.getLeastSignificantBits())
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .put(random)
                .array());
    }

    /** One that somebody shows. What is no token at all becomes one of nobody, which is found nowhere. */
    public static AddressedToken read(String text) {
        var decoded = decoded(text);
        return new AddressedToken(decoded.length == ADDRESS + RANDOM_PART ? decoded : new byte[ADDRESS + RANDOM_PART]);
    }

    public UUID orgId() {
        return uuid(0);
    }

    public UUID id() {
        return uuid(16);
    }

    /** SHA-256 of the random part, as the database has it; needs no salt, since there is nothing to guess. */
    public Buffer hash() {
        try {
            var random = Arrays.copyOfRange(bytes, ADDRESS, bytes.length);
            return Buffer.buffer(MessageDigest.getInstance("SHA-256").digest(random));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** For its holder, and nobody else. */
    public String reveal() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private UUID uuid(int offset) {
        var buffer = ByteBuffer.wrap(bytes, offset, 16);
        return new UUID(buffer.getLong(), buffer.getLong());
    }

    private static byte[] decoded(String text) {
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException junk) {
            return new byte[0];
        }
    }

    @Override
    public String toString() {
        return "***";
    }
}
