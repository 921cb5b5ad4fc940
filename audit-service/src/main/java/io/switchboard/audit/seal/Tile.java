package io.switchboard.audit.seal;

import io.switchboard.audit.format.Frontier;
import io.switchboard.audit.format.TreeHash;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.UUID;

/**
 * A full tile above the leaves.
 *
 * @param level from 1
 * @param hashes 256 nodes of the tree's level 8 * level
 */
record Tile(UUID orgId, int level, long index, byte[] hashes) {
    static final int WIDTH = 256;
    static final int TOP_LEVEL = 7;

    /** @param below the 256 * 256 nodes, eight levels further down, that it stands on */
    static Tile of(UUID orgId, int level, long index, byte[] below) {
        var hashes = new ByteArrayOutputStream(WIDTH * TreeHash.LENGTH);
        for (int node = 0; node < WIDTH; node++) {
            var subtree = new Frontier();
            for (int i = 0; i < WIDTH; i++) {
                int at = (node * WIDTH + i) * TreeHash.LENGTH;
                subtree.add(Arrays.copyOfRange(below, at, at + TreeHash.LENGTH));
            }
            hashes.writeBytes(subtree.root());
        }
        return new Tile(orgId, level, index, hashes.toByteArray());
    }
}
