package io.switchboard.audit.format;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/** Proofs of RFC 9162 (sections 2.1.3 and 2.1.4), made and verified, and what stands left and right of a range of leaves. */
public final class MerkleProofs {
    /** Answers the root of the full subtree of {@code 1 << level} leaves from {@code index << level} on; level 0 are leaf hashes. */
    @FunctionalInterface
    public interface Subtrees {
        byte[] hash(int level, long index);
    }

    private MerkleProofs() {}

    public static boolean verifyInclusion(long index, long size, byte[] leafHash, List<byte[]> proof, byte[] root) {
        if (index < 0 || index >= size) {
            return false;
        }
        long node = index;
        long last = size - 1;
        var hash = leafHash;
        for (var sibling : proof) {
            if (last == 0 || sibling.length != TreeHash.LENGTH) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                hash = TreeHash.node(sibling, hash);
                while ((node & 1) == 0 && node != 0) {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                hash = TreeHash.node(hash, sibling);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && MessageDigest.isEqual(hash, root);
    }

    /** Whether the tree of the first size is the beginning of the second. Of an empty one every tree is, by an empty proof. */
    public static boolean verifyConsistency(
            long first, long second, List<byte[]> proof, byte[] firstRoot, byte[] secondRoot) {
        if (first < 0 || first > second || proof.stream().anyMatch(hash -> hash.length != TreeHash.LENGTH)) {
            return false;
        }
        if (first == second) {
            return proof.isEmpty() && MessageDigest.isEqual(firstRoot, secondRoot);
        }
        if (first == 0) {
            return proof.isEmpty() && MessageDigest.isEqual(firstRoot, TreeHash.emptyRoot());
        }
        var path = new ArrayList<byte[]>(proof);
        if (Long.bitCount(first) == 1) {
            path.add(0, firstRoot);
        }
        return !path.isEmpty() && isConsistent(first - 1, second - 1, path, firstRoot, secondRoot);
    }

    private static boolean isConsistent(
            long oldLast, long newLast, List<byte[]> path, byte[] firstRoot, byte[] secondRoot) {
        int shift = Long.numberOfTrailingZeros(~oldLast);
        long node = oldLast >> shift;
        long last = newLast >> shift;
        var older = path.get(0);
        var newer = older;
        for (var hash : path.subList(1, path.size())) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                older = TreeHash.node(hash, older);
                newer = TreeHash.node(hash, newer);
                while ((node & 1) == 0 && node != 0) {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                newer = TreeHash.node(newer, hash);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && MessageDigest.isEqual(older, firstRoot) && MessageDigest.isEqual(newer, secondRoot);
    }

    /** Siblings from the leaf upwards. */
    public static List<byte[]> inclusion(long index, long size, Subtrees subtrees) {
        requireOrder(0, index, size - 1);
        var proof = new ArrayList<byte[]>();
        long begin = 0;
        long end = size;
        while (end - begin > 1) {
            long middle = begin + split(end - begin);
            if (index < middle) {
                proof.add(0, root(middle, end, subtrees));
                end = middle;
            } else {
                proof.add(0, root(begin, middle, subtrees));
                begin = middle;
            }
        }
        return proof;
    }

    public static List<byte[]> consistency(long first, long second, Subtrees subtrees) {
        requireOrder(0, first, second);
        var proof = new ArrayList<byte[]>();
        if (first == 0 || first == second) {
            return proof;
        }
        long begin = 0;
        long end = second;
        while (first != end) {
            long middle = begin + split(end - begin);
            if (first <= middle) {
                proof.add(0, root(middle, end, subtrees));
                end = middle;
            } else {
                proof.add(0, root(begin, middle, subtrees));
                begin = middle;
            }
        }
        if (begin != 0) {
            proof.add(0, root(begin, end, subtrees));
        }
        return proof;
    }

    /** The full subtrees that the leaves {@code [0, begin)} are made of, from left to right: a {@link Frontier}. */
    public static List<byte[]> left(long begin, Subtrees subtrees) {
        return covers(0, begin).stream().map(cover -> cover.hash(subtrees)).toList();
    }

    /** The full subtrees that the leaves {@code [end, size)} are made of, from left to right. */
    public static List<byte[]> right(long end, long size, Subtrees subtrees) {
        return covers(end, size).stream().map(cover -> cover.hash(subtrees)).toList();
    }

    /** A full subtree. */
    public record Cover(int level, long index) {
        byte[] hash(Subtrees subtrees) {
            return subtrees.hash(level, index);
        }
    }

    /** The fewest full subtrees that cover the leaves {@code [begin, end)}. */
    public static List<Cover> covers(long begin, long end) {
        requireOrder(0, begin, end);
        var covers = new ArrayList<Cover>();
        for (long at = begin; at < end; ) {
            int level = Math.min(Long.numberOfTrailingZeros(at), floorLog2(end - at));
            covers.add(new Cover(level, at >> level));
            at += 1L << level;
        }
        return covers;
    }

    private static byte[] root(long begin, long end, Subtrees subtrees) {
        var covers = covers(begin, end);
        var root = covers.get(covers.size() - 1).hash(subtrees);
        for (int i = covers.size() - 2; i >= 0; i--) {
            root = TreeHash.node(covers.get(i).hash(subtrees), root);
        }
        return root;
    }

    /** The largest power of two below the size. */
    private static long split(long size) {
        return 1L << floorLog2(size - 1);
    }

    private static int floorLog2(long positive) {
        return 63 - Long.numberOfLeadingZeros(positive);
    }

    private static void requireOrder(long least, long value, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(value + " is not between " + least + " and " + most + ".");
        }
    }
}
