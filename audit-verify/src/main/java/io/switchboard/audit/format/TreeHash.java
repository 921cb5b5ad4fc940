package io.switchboard.audit.format;

/** The hashes of an RFC 9162 (and 6962) tree: leaves and inner nodes differ in their first byte. */
public final class TreeHash {
    /** Bytes of a hash. */
    public static final int LENGTH = 32;

    private static final byte[] LEAF = {0};
    private static final byte[] NODE = {1};

    private TreeHash() {}

    public static byte[] leaf(byte[] bytes) {
        return Sha256.of(LEAF, bytes);
    }

    public static byte[] node(byte[] left, byte[] right) {
        return Sha256.of(NODE, left, right);
    }

    /** The root of a tree without leaves. */
    public static byte[] emptyRoot() {
        return Sha256.of();
    }
}
