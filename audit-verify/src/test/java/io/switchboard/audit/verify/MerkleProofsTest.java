package io.switchboard.audit.verify;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class MerkleProofsTest {
    private static final int MOST = 300;

    private final SampleTree tree = new SampleTree(MOST);

    @Test
    void every_record_of_every_tree_is_proved() {
        for (int size = 1; size <= MOST; size++) {
            for (int index = 0; index < size; index++) {
                var proof = MerkleProofs.inclusion(index, size, tree);
                assertTrue(MerkleProofs.verifyInclusion(index, size, tree.leaf(index), proof, tree.root(size)));
            }
        }
    }

    @Test
    void every_tree_is_proved_to_begin_every_larger_one() {
        for (int second = 1; second <= MOST; second++) {
            for (int first = 0; first <= second; first++) {
                var proof = MerkleProofs.consistency(first, second, tree);
                assertTrue(MerkleProofs.verifyConsistency(first, second, proof, tree.root(first), tree.root(second)));
            }
        }
    }
}
