package io.switchboard.audit.tree;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.switchboard.audit.checkpoint.SigningKeys;
import io.switchboard.audit.format.Checkpoint;
import io.switchboard.audit.format.Frontier;
import io.switchboard.audit.format.SignedNote;
import io.switchboard.audit.format.VerifierKey;
import io.switchboard.audit.seal.Blocks;
import io.switchboard.audit.seal.SealedTree;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.work.Offloaded;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Signed checkpoints for proofs: the newest that was published where it has the record, else one that is signed now. */
@ApplicationScoped
public class CoveringCheckpoints {
    private final Blocks blocks;
    private final SigningKeys signing;

    CoveringCheckpoints(Blocks blocks, SigningKeys signing) {
        this.blocks = blocks;
        this.signing = signing;
    }

    /**
     * A checkpoint of a tree that has at least so many leaves. Fails with {@code not_sealed} where there are fewer.
     *
     * @param leaves 1 and more
     */
    public Uni<CoveringCheckpoint> find(CallerContext caller, UUID org, long leaves) {
        return blocks.tree(caller, org)
                .chain(tree -> Offloaded.on( // verifying and signing take a millisecond each
                        Infrastructure.getDefaultExecutor(), () -> covering(tree, leaves)));
    }

    /** The keys that the organization's checkpoints are, and were, signed with. */
    public List<VerifierKey> keys(UUID org) {
        return signing.verifierKeys(org);
    }

    /** What a note says; null unless one of the keys signed it. For workers. */
    public @Nullable Checkpoint verified(UUID org, String note) {
        try {
            var signed = SignedNote.parse(note);
            var checkpoint = Checkpoint.parse(signed.text());
            return checkpoint.origin().equals(signing.origin(org))
                            && keys(org).stream().anyMatch(signed::isSignedBy)
                    ? checkpoint
                    : null;
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }

    private CoveringCheckpoint covering(@Nullable SealedTree tree, long leaves) {
        if (tree == null || tree.size() < leaves) {
            throw NotSealed.problem();
        }
        var published = tree.checkpoint() == null ? null : verified(tree.orgId(), tree.checkpoint());
        return published != null && published.size() >= leaves && published.size() <= tree.size()
                ? new CoveringCheckpoint(tree.checkpoint(), published.size())
                : signed(tree);
    }

    private CoveringCheckpoint signed(SealedTree tree) {
        var root = Frontier.of(tree.size(), tree.frontier()).root();
        return new CoveringCheckpoint(signing.sign(tree.orgId(), tree.size(), root, Instant.now()), tree.size());
    }
}
