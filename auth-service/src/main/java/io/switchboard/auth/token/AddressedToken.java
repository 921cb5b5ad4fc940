package io.switchboard.auth.token;

import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/**
 * An opaque token that says where it belongs: organization and row, then 256 random bits. So it is looked up within its
 * tenant; the database has only the SHA-256 of the random part.
 */
public final class AddressedToken {
    private static final int HALF = 32; // bytes: two UUIDs, then the random part
    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] bytes;

    private AddressedToken(byte[] bytes) {
        this.bytes = bytes;
    }

    private AddressedToken(byte[] address, byte[] random) {
        this(ByteBuffer.allocate(2 * HALF).put(address).put(random).array());
    }

    public static AddressedToken next(UUID orgId, UUID id) {
        var random = new byte[HALF];
        RANDOM.nextBytes(random);
        return new AddressedToken(encodeAddress(orgId, id), random);
    }

    /** A token as presented. Malformed text becomes a token of no organization, which no look-up finds. */
    public static AddressedToken read(String text) {
        return new AddressedToken(decode(text, 2 * HALF).orElse(new byte[2 * HALF]));
    }

    /** A token presented in its halves. Empty if the address is malformed; a malformed secret never matches. */
    public static Optional<AddressedToken> read(String address, String secret) {
        return decode(address, HALF)
                .map(known -> new AddressedToken(known, decode(secret, HALF).orElse(new byte[HALF])));
    }

    /** The first half of a token, which is no secret. */
    public static String address(UUID orgId, UUID id) {
        return CanonicalBase64.encode(encodeAddress(orgId, id));
    }

    public UUID orgId() {
        return uuid(0);
    }

    public UUID id() {
        return uuid(16);
    }

    /** The second half; only for the answer to its holder. */
    public String secret() {
        return CanonicalBase64.encode(random());
    }

    /** The whole token; only for the answer to its holder. */
    public String reveal() {
        return CanonicalBase64.encode(bytes);
    }

    /** SHA-256 of the random part, as the database has it; needs no salt, since there is nothing to guess. */
    public Buffer hash() {
        try {
            return Buffer.buffer(MessageDigest.getInstance("SHA-256").digest(random()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] random() {
        return Arrays.copyOfRange(bytes, HALF, bytes.length);
    }

    private UUID uuid(int offset) {
        var buffer = ByteBuffer.wrap(bytes, offset, 16);
        return new UUID(buffer.getLong(), buffer.getLong());
    }

    private static byte[] encodeAddress(UUID orgId, UUID id) {
        return ByteBuffer.allocate(HALF)
                .putLong(orgId.getMostSignificantBits())
                .putLong(orgId.getLeastSignificantBits())
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    private static Optional<byte[]> decode(String text, int length) {
        return CanonicalBase64.decode(text).filter(bytes -> bytes.length == length);
    }

    @Override
    public String toString() {
        return "***";
    }
}
