package io.switchboard.audit.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigstore.merkle.InclusionProofVerificationException;
import dev.sigstore.merkle.InclusionProofVerifier;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MerkleProofsTest {
    private static final int MOST = 300;
    private static final int FORGED = 400;

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

    @Test
    void other_peoples_code_accepts_our_proofs() throws InclusionProofVerificationException {
        for (int size = 1; size <= MOST; size += 7) {
            for (int index = 0; index < size; index++) {
                var proof = MerkleProofs.inclusion(index, size, tree);
                InclusionProofVerifier.verify(tree.leaf(index), index, size, proof, tree.root(size));
            }
        }
    }

    @Test
    void forged_proofs_fail() {
        var random = new Random(5);
        for (int i = 0; i < FORGED; i++) {
            int size = 2 + random.nextInt(MOST - 1);
            int index = random.nextInt(size);
            assertFalse(forgedInclusion(i % 5, index, size, random), "inclusion " + i);
            assertFalse(forgedConsistency(i % 5, 1 + random.nextInt(size - 1), size, random), "consistency " + i);
        }
    }

    private boolean forgedInclusion(int kind, int index, int size, Random random) {
        var proof = new ArrayList<>(MerkleProofs.inclusion(index, size, tree));
        var leaf = tree.leaf(index);
        var root = tree.root(size);
        return switch (kind) {
            case 0 -> MerkleProofs.verifyInclusion(index, size, leaf, flip(proof, random), root);
            case 1 -> MerkleProofs.verifyInclusion(index, size, leaf, drop(proof, random), root);
            case 2 -> MerkleProofs.verifyInclusion((index + 1) % size, size, leaf, proof, root);
            case 3 -> MerkleProofs.verifyInclusion(index, size, flip(leaf, random), proof, root);
            default -> {
                proof.add(random.nextInt(proof.size() + 1), leaf);
                yield MerkleProofs.verifyInclusion(index, size, leaf, proof, root);
            }
        };
    }

    private boolean forgedConsistency(int kind, int first, int second, Random random) {
        var proof = new ArrayList<>(MerkleProofs.consistency(first, second, tree));
        var older = tree.root(first);
        var newer = tree.root(second);
        return switch (kind) {
            case 0 -> MerkleProofs.verifyConsistency(first, second, flip(proof, random), older, newer);
            case 1 -> MerkleProofs.verifyConsistency(first, second, drop(proof, random), older, newer);
            case 2 -> MerkleProofs.verifyConsistency(first, second, proof, flip(older, random), newer);
            case 3 -> MerkleProofs.verifyConsistency(first, second, proof, older, flip(newer, random));
            default -> MerkleProofs.verifyConsistency(second, first, proof, newer, older);
        };
    }

    /** A wrong size makes another path, which the same hashes seldom fit: where they do, it is the same path. */
    @Test
    void a_proof_is_of_one_size_only() {
        for (int size = 2; size <= MOST; size++) {
            var proof = MerkleProofs.inclusion(size - 1, size, tree);
            assertFalse(MerkleProofs.verifyInclusion(size - 1, size + 1, tree.leaf(size - 1), proof, tree.root(size)));
            assertFalse(MerkleProofs.verifyInclusion(size - 1, size - 1, tree.leaf(size - 1), proof, tree.root(size)));
        }
    }

    @Test
    void a_range_with_what_stands_beside_it_makes_the_root() {
        for (int from = 0; from < 40; from++) {
            for (int to = from; to < 41; to++) {
                var frontier = Frontier.of(from, concatenated(MerkleProofs.left(from, tree)));
                for (int i = from; i < to; i++) {
                    frontier.add(tree.leaf(i));
                }
                var covers = MerkleProofs.covers(to, 41);
                var right = MerkleProofs.right(to, 41, tree);
                for (int i = 0; i < covers.size(); i++) {
                    frontier.addSubtree(covers.get(i).level(), right.get(i));
                }
                assertArrayEquals(tree.root(41), frontier.root());
            }
        }
    }

    private static List<byte[]> flip(List<byte[]> proof, Random random) {
        if (proof.isEmpty()) {
            return List.of(new byte[TreeHash.LENGTH]);
        }
        int index = random.nextInt(proof.size());
        proof.set(index, flip(proof.get(index), random));
        return proof;
    }

    private static List<byte[]> drop(List<byte[]> proof, Random random) {
        if (proof.isEmpty()) {
            return List.of(new byte[TreeHash.LENGTH]);
        }
        proof.remove(random.nextInt(proof.size()));
        return proof;
    }

    private static byte[] flip(byte[] hash, Random random) {
        var flipped = hash.clone();
        flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
        return flipped;
    }

    private static byte[] concatenated(List<byte[]> hashes) {
        var bytes = new ByteArrayOutputStream();
        hashes.forEach(bytes::writeBytes);
        return bytes.toByteArray();
    }
}
