package io.switchboard.audit.format;

import java.util.Arrays;

/**
 * What is needed of a tree to add leaves: the roots of the largest full subtrees that it is made of, from left to right, one for
 * each bit of its size. Not for several threads.
 */
public final class Frontier {
    /** Hears of every inner node and leaf once its subtree is full. */
    public interface FullSubtree {
        /** Level 0 are the leaves; the subtree covers the leaves from {@code index << level} on. */
        void add(int level, long index, byte[] hash);
    }

    private static final FullSubtree UNHEARD = (level, index, hash) -> {};

    private final byte[][] roots = new byte[Long.SIZE][];
    private int count;
    private long size;

    /** Of a tree without leaves. */
    public Frontier() {}

    /** Throws IllegalArgumentException unless there are as many hashes as the size has bits. */
    public static Frontier of(long size, byte[] bytes) {
        if (size < 0 || bytes.length != Long.bitCount(size) * TreeHash.LENGTH) {
            throw new IllegalArgumentException(
                    "A tree of " + size + " leaves has another frontier than one of " + bytes.length + " bytes.");
        }
        var frontier = new Frontier();
        frontier.size = size;
        for (int at = 0; at < bytes.length; at += TreeHash.LENGTH) {
            frontier.roots[frontier.count++] = Arrays.copyOfRange(bytes, at, at + TreeHash.LENGTH);
        }
        return frontier;
    }

    public void add(byte[] leafHash) {
        add(0, leafHash, UNHEARD);
    }

    /** Tells of the leaf and of each node that it completes, from the leaf upwards. */
    public void add(byte[] leafHash, FullSubtree heard) {
        add(0, leafHash, heard);
    }

    /** Adds {@code 1 << level} leaves at once, by the root of their subtree. The size must be a multiple of that. */
    public void addSubtree(int level, byte[] hash) {
        if (level < 0 || level > 62 || (size & ((1L << level) - 1)) != 0) {
            throw new IllegalArgumentException("No subtree of level " + level + " begins at leaf " + size + ".");
        }
        add(level, hash, UNHEARD);
    }

    private void add(int level, byte[] hash, FullSubtree heard) {
        var root = hash;
        int height = level;
        heard.add(height, size >> height, root);
        while ((size >> height & 1) == 1) {
            root = TreeHash.node(roots[--count], root);
            height++;
            heard.add(height, size >> height, root);
        }
        roots[count++] = root;
        size += 1L << level;
    }

    public long size() {
        return size;
    }

    public byte[] root() {
        if (count == 0) {
            return TreeHash.emptyRoot();
        }
        var root = roots[count - 1];
        for (int i = count - 2; i >= 0; i--) {
            root = TreeHash.node(roots[i], root);
        }
        return root.clone();
    }

    /** The hashes from left to right, 32 bytes each. */
    public byte[] toBytes() {
        var bytes = new byte[count * TreeHash.LENGTH];
        for (int i = 0; i < count; i++) {
            System.arraycopy(roots[i], 0, bytes, i * TreeHash.LENGTH, TreeHash.LENGTH);
        }
        return bytes;
    }
}
