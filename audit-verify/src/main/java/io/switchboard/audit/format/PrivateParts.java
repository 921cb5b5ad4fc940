package io.switchboard.audit.format;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What may be personal in a record. It stands beside the tree: the leaf holds its hash under a salt of its own, so that erasing
 * value and salt leaves the tree as it is.
 */
public final class PrivateParts {
    /** Bytes of a salt. */
    public static final int SALT_LENGTH = 16;

    private PrivateParts() {}

    /** The hash of {@link #dataJson}. */
    public static byte @Nullable [] data(@Nullable String oldData, @Nullable String newData, byte[] salt) {
        return hash(dataJson(oldData, newData, salt));
    }

    /** The hash of {@link #originJson}. */
    public static byte @Nullable [] origin(@Nullable String ipAddress, @Nullable String userAgent, byte[] salt) {
        return hash(originJson(ipAddress, userAgent, salt));
    }

    /** The canonical JSON that is hashed, exported and shown in proofs; null when both are. The data are texts, as jsonb prints them. */
    public static byte @Nullable [] dataJson(@Nullable String oldData, @Nullable String newData, byte[] salt) {
        if (oldData == null && newData == null) {
            return null;
        }
        return new CanonicalJson()
                .text("newData", newData)
                .text("oldData", oldData)
                .text("salt", hex(salt))
                .bytes();
    }

    /** Likewise of the address and the agent. */
    public static byte @Nullable [] originJson(@Nullable String ipAddress, @Nullable String userAgent, byte[] salt) {
        if (ipAddress == null && userAgent == null) {
            return null;
        }
        return new CanonicalJson()
                .text("ipAddress", ipAddress)
                .text("salt", hex(salt))
                .text("userAgent", userAgent)
                .bytes();
    }

    private static byte @Nullable [] hash(byte @Nullable [] json) {
        return json == null ? null : Sha256.of(json);
    }

    private static String hex(byte[] salt) {
        if (salt.length != SALT_LENGTH) {
            throw new IllegalArgumentException("A salt has 16 bytes, not " + salt.length + ".");
        }
        return HexFormat.of().formatHex(salt);
    }
}
