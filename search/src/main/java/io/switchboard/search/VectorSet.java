package io.switchboard.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;

/**
 * The vectors of an owner's texts, up to a revision of them. Never changes.
 *
 * @param revision of the last change that it has
 * @param isPartial there are more than are kept: it has none
 */
public record VectorSet(long revision, List<VectorBlock> blocks, boolean isPartial) {
    /** Smaller ones are joined: a search takes longer over many small arrays. */
    private static final int SMALL = 2_000;

    public static final VectorSet EMPTY = new VectorSet(0, List.of(), false);

    public VectorSet {
        blocks = List.copyOf(blocks);
    }

    public static VectorSet partial(long revision) {
        return new VectorSet(revision, List.of(), true);
    }

    /** This one and later vectors. */
    public VectorSet plus(long revision, List<VectorBlock> later) {
        var large = new ArrayList<VectorBlock>();
        var small = new ArrayList<VectorBlock>();
        blocks.forEach(block -> (block.size() < SMALL ? small : large).add(block));
        later.stream().filter(block -> block.size() > 0).forEach(small::add);
        if (!small.isEmpty()) {
            large.add(VectorBlock.joined(small));
        }
        return new VectorSet(revision, large, isPartial);
    }

    public boolean isEmpty() {
        return blocks.isEmpty();
    }

    public long bytes() {
        return blocks.stream().mapToLong(VectorBlock::bytes).sum();
    }

    /** Sources by their nearest text, nearest first; every vector is compared. */
    public List<VectorHit> nearest(float[] query, double threshold, int limit) {
        var numbers = VectorBlock.query(query);
        var best = new HashMap<UUID, VectorHit>();
        for (var block : blocks) {
            block.search(numbers, threshold, (index, score) -> keepBest(best, block.hit(index, score)));
        }
        return best.values().stream()
                .sorted(Comparator.comparingDouble(VectorHit::score).reversed().thenComparing(VectorHit::sourceId))
                .limit(limit)
                .toList();
    }

    private static void keepBest(HashMap<UUID, VectorHit> best, VectorHit hit) {
        best.merge(hit.sourceId(), hit, (one, other) -> other.score() > one.score() ? other : one);
    }
}
