package io.switchboard.auth.token;

import io.switchboard.kit.id.UuidV7;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.UUID;

/**
 * One of the refresh tokens that follow one another from a sign-in. It names its organization, its family and its number
 * there; its secret is 256 bits. {@link RefreshTokenKeys} write and read its text.
 */
public final class RefreshToken {
    static final int BYTES = 68; // two UUIDs, the number, the secret
    private static final int ADDRESS_BYTES = 36;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] bytes;

    private RefreshToken(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The first one of a new family. */
    public static RefreshToken first(UUID orgId) {
        var secret = new byte[BYTES - ADDRESS_BYTES];
        RANDOM.nextBytes(secret);
        return of(orgId, UuidV7.next(), 1, secret);
    }

    static RefreshToken of(byte[] bytes) {
        return new RefreshToken(bytes);
    }

    RefreshToken successor(byte[] secret) {
        return of(orgId(), family(), number() + 1, secret);
    }

    private static RefreshToken of(UUID orgId, UUID family, int number, byte[] secret) {
        return new RefreshToken(ByteBuffer.allocate(BYTES)
                .putLong(orgId.getMostSignificantBits())
                .putLong(orgId.getLeastSignificantBits())
                .putLong(family.getMostSignificantBits())
                .putLong(family.getLeastSignificantBits())
                .putInt(number)
                .put(secret)
                .array());
    }

    public UUID orgId() {
        return uuid(0);
    }

    public UUID family() {
        return uuid(16);
    }

    /** Counted from 1 within its family. */
    public int number() {
        return ByteBuffer.wrap(bytes).getInt(32);
    }

    /** SHA-256, as the database has it; needs no salt, since there is nothing to guess. */
    public Buffer hash() {
        try {
            return Buffer.buffer(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    byte[] bytes() {
        return bytes.clone();
    }

    private UUID uuid(int offset) {
        var buffer = ByteBuffer.wrap(bytes, offset, 16);
        return new UUID(buffer.getLong(), buffer.getLong());
    }

    @Override
    public String toString() {
        return "***";
    }
}
