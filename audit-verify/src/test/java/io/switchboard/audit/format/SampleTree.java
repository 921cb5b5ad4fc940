package io.switchboard.audit.format;

import java.util.HashMap;
import java.util.Map;

/** A tree whose leaves are the numbers 0, 1, 2 … as texts, with its roots at every size. */
final class SampleTree implements MerkleProofs.Subtrees {
    private final Map<String, byte[]> subtrees = new HashMap<>();
    private final byte[][] roots;

    SampleTree(int size) {
        var frontier = new Frontier();
        roots = new byte[size + 1][];
        roots[0] = frontier.root();
        for (int i = 0; i < size; i++) {
            frontier.add(TreeHash.leaf(bytes(i)), (level, index, hash) -> subtrees.put(level + "/" + index, hash));
            roots[i + 1] = frontier.root();
        }
    }

    static byte[] bytes(int leaf) {
        return Integer.toString(leaf).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    }

    byte[] leaf(int index) {
        return hash(0, index);
    }

    byte[] root(int size) {
        return roots[size];
    }

    @Override
    public byte[] hash(int level, long index) {
        return subtrees.get(level + "/" + index);
    }
}
