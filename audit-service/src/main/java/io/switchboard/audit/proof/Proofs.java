package io.switchboard.audit.proof;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.switchboard.audit.format.InclusionProof;
import io.switchboard.audit.tree.CoveringCheckpoint;
import io.switchboard.audit.tree.CoveringCheckpoints;
import io.switchboard.audit.tree.NotSealed;
import io.switchboard.audit.tree.SealedRecord;
import io.switchboard.audit.tree.SealedRecords;
import io.switchboard.audit.tree.TreeBroken;
import io.switchboard.audit.tree.TreeNodes;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.work.Offloaded;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Proves single records. */
@ApplicationScoped
class Proofs {
    private final TreeNodes nodes;
    private final SealedRecords records;
    private final CoveringCheckpoints checkpoints;

    Proofs(TreeNodes nodes, SealedRecords records, CoveringCheckpoints checkpoints) {
        this.nodes = nodes;
        this.records = records;
        this.checkpoints = checkpoints;
    }

    /** Fails with {@code not_sealed} or {@code tree_broken}. */
    Uni<InclusionProof> of(CallerContext caller, UUID org, long sequence) {
        return records.read(caller, org, sequence, sequence + 1)
                .map(page -> page.records().stream().findFirst().orElseThrow(NotSealed::problem))
                .invoke(Proofs::requireKept)
                .chain(record -> checkpoints
                        .find(caller, org, sequence + 1)
                        .chain(checkpoint -> proof(caller, record, checkpoint)));
    }

    private Uni<InclusionProof> proof(CallerContext caller, SealedRecord record, CoveringCheckpoint checkpoint) {
        return nodes.inclusion(caller, record.org(), record.sequence(), checkpoint.size())
                .chain(hashes -> Offloaded.on( // a record may be large
                        Infrastructure.getDefaultExecutor(),
                        () -> new InclusionProof(
                                record.line(), hashes, checkpoint.note(), checkpoints.keys(record.org()))));
    }

    private static void requireKept(SealedRecord record) {
        if (record.record() == null) {
            throw TreeBroken.problem();
        }
    }
}
