package io.switchboard.audit.integrity;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.switchboard.audit.format.Checkpoint;
import io.switchboard.audit.format.Frontier;
import io.switchboard.audit.tree.CoveringCheckpoints;
import io.switchboard.audit.tree.SealedPage;
import io.switchboard.audit.tree.SealedRecords;
import io.switchboard.audit.tree.TreeBroken;
import io.switchboard.audit.tree.TreeNodes;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.LongJobs;
import io.switchboard.kit.work.Offloaded;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Finds the first record of a tree that is not as it was sealed, a page of records in memory at a time. */
@ApplicationScoped
class TreeCheck {
    private static final int ROWS = 500;

    private final SealedRecords records;
    private final TreeNodes nodes;
    private final CoveringCheckpoints checkpoints;
    private final LongJobs jobs;

    TreeCheck(SealedRecords records, TreeNodes nodes, CoveringCheckpoints checkpoints, LongJobs jobs) {
        this.records = records.forWorkers(); // it may take as long as it has
        this.nodes = nodes;
        this.checkpoints = checkpoints;
        this.jobs = jobs;
    }

    /**
     * Fails with {@code unavailable} when the time is over.
     *
     * @param from the first sequence to look at; for what is before it the tree's hashes are taken as they are
     */
    Uni<@Nullable BrokenRecord> run(CallerContext caller, TreeState state, long from, Duration time) {
        var end = System.nanoTime() + time.toNanos();
        return Offloaded.on(Infrastructure.getDefaultExecutor(), () -> verified(state))
                .chain(checkpoint -> run(caller, state, from, checkpoint, end));
    }

    private @Nullable Checkpoint verified(TreeState state) {
        return state.checkpoint() == null ? null : checkpoints.verified(state.org(), state.checkpoint());
    }

    private Uni<@Nullable BrokenRecord> run(
            CallerContext caller, TreeState state, long from, @Nullable Checkpoint checkpoint, long end) {
        return nodes.frontier(caller, state.org(), from)
                .map(frontier -> new TreeWalk(frontier, checkpoint == null ? 0 : checkpoint.size()))
                .chain(walk -> walk(caller, state, walk, end))
                .chain(walk -> judge(caller, state, from, walk, checkpoint, end))
                .onFailure(TreeBroken::is)
                .recoverWithItem(() -> new BrokenRecord(null, from, BreakReason.CHECKPOINT));
    }

    private Uni<TreeWalk> walk(CallerContext caller, TreeState state, TreeWalk walk, long end) {
        if (walk.size() >= state.size()) {
            return Uni.createFrom().item(walk);
        }
        return Uni.createFrom()
                .deferred(() -> step(caller, state, walk, end))
                .repeat()
                .whilst(done -> walk.broken() == null && walk.size() < state.size())
                .collect()
                .last();
    }

    private Uni<TreeWalk> step(CallerContext caller, TreeState state, TreeWalk walk, long end) {
        if (System.nanoTime() - end > 0) {
            return Uni.createFrom().failure(Problem.unavailable(60));
        }
        return records.read(caller, state.org(), walk.size(), Math.min(walk.size() + ROWS, state.size()))
                .chain(page -> Offloaded.on(Infrastructure.getDefaultExecutor(), () -> add(walk, page)));
    }

    private static TreeWalk add(TreeWalk walk, SealedPage page) {
        return page.records().isEmpty() ? walk.noteGap() : walk.add(page.records());
    }

    private Uni<@Nullable BrokenRecord> judge(
            CallerContext caller,
            TreeState state,
            long from,
            TreeWalk walk,
            @Nullable Checkpoint checkpoint,
            long end) {
        return elsewhere(state, walk.broken(), left(end))
                .chain(broken -> added(state, from, left(end)).map(added -> first(broken, added)))
                .chain(broken ->
                        broken != null ? Uni.createFrom().item(broken) : checkpoint(caller, state, walk, checkpoint));
    }

    /** What is missing here may be in another organization. */
    private Uni<@Nullable BrokenRecord> elsewhere(TreeState state, @Nullable BrokenRecord broken, Duration time) {
        if (broken == null || broken.reason() != BreakReason.MISSING || broken.id() == null) {
            return Uni.createFrom().item(broken);
        }
        return jobs.run("select is_elsewhere($1, $2) as moved", Tuple.of(state.org(), broken.id()), time)
                .map(rows -> rows.iterator().next().getBoolean("moved")
                        ? new BrokenRecord(broken.id(), broken.sequence(), BreakReason.MOVED)
                        : broken);
    }

    private Uni<@Nullable BrokenRecord> added(TreeState state, long from, Duration time) {
        return jobs.run("select id, sequence from added_record($1, $2, null)", Tuple.of(state.org(), from), time)
                .map(rows -> {
                    var found = rows.iterator();
                    if (!found.hasNext()) {
                        return null;
                    }
                    var row = found.next();
                    return new BrokenRecord(row.getUUID("id"), row.getLong("sequence"), BreakReason.ADDED);
                });
    }

    /** Where each record is as its block has it, the blocks may have been changed with it. */
    private Uni<@Nullable BrokenRecord> checkpoint(
            CallerContext caller, TreeState state, TreeWalk walk, @Nullable Checkpoint checkpoint) {
        if (state.size() > 0 && !Arrays.equals(walk.root(), state.root())) {
            return broken(caller, state, state.size() - 1);
        }
        if (state.blocksEnd() != state.size()) {
            return broken(caller, state, Math.min(state.blocksEnd(), state.size()));
        }
        if (state.checkpoint() == null) {
            return Uni.createFrom().nullItem();
        }
        if (checkpoint == null || checkpoint.size() > state.size()) {
            return broken(caller, state, checkpoint == null ? 0 : state.size());
        }
        return root(caller, state, walk, checkpoint)
                .chain(root -> Arrays.equals(root, checkpoint.root())
                        ? Uni.createFrom().nullItem()
                        : broken(caller, state, Math.max(checkpoint.size() - 1, 0)));
    }

    private Uni<byte[]> root(CallerContext caller, TreeState state, TreeWalk walk, Checkpoint checkpoint) {
        var walked = walk.checkpointRoot();
        return walked != null
                ? Uni.createFrom().item(walked)
                : nodes.frontier(caller, state.org(), checkpoint.size()).map(Frontier::root);
    }

    private Uni<@Nullable BrokenRecord> broken(CallerContext caller, TreeState state, long sequence) {
        return records.read(caller, state.org(), sequence, sequence + 1)
                .map(page -> new BrokenRecord(
                        page.records().isEmpty() ? null : page.records().get(0).id(),
                        sequence,
                        BreakReason.CHECKPOINT));
    }

    private static @Nullable BrokenRecord first(@Nullable BrokenRecord one, @Nullable BrokenRecord other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return other.sequence() < one.sequence() ? other : one;
    }

    private static Duration left(long end) {
        return Duration.ofNanos(Math.max(end - System.nanoTime(), 1_000_000));
    }
}
