package io.switchboard.audit.checkpoint;

import io.switchboard.audit.format.Frontier;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;

/**
 * A tree with blocks that the journal does not have yet.
 *
 * @param size of the tree, whose frontier is {@code frontier}
 * @param exportedSize what the journal has, whose frontier is {@code exportedFrontier}
 * @param blocks the next ones, perhaps not all
 */
record UnpublishedTree(
        UUID org, long size, byte[] frontier, long exportedSize, byte[] exportedFrontier, List<Block> blocks) {
    private static final int HASH = 32;

    record Block(long first, UUID[] ids, byte[] leaves) {}

    static List<UnpublishedTree> of(RowSet<Row> rows) {
        var trees = new LinkedHashMap<UUID, UnpublishedTree>();
        for (var row : rows) {
            var tree = trees.computeIfAbsent(row.getUUID("org_id"), org -> of(org, row));
            if (row.getLong("first") != null) {
                tree.blocks.add(new Block(row.getLong("first"), row.getArrayOfUUIDs("ids"), bytes(row, "leaves")));
            }
        }
        return List.copyOf(trees.values());
    }

    private static UnpublishedTree of(UUID org, Row row) {
        return new UnpublishedTree(
                org,
                row.getLong("size"),
                bytes(row, "frontier"),
                row.getLong("exported_size"),
                bytes(row, "exported_frontier"),
                new ArrayList<>());
    }

    private static byte[] bytes(Row row, String column) {
        Buffer value = row.getBuffer(column);
        return value.getBytes();
    }

    /**
     * The tree as far as these blocks lead. Fails with {@link DoesNotAddUp} where they do not follow on each other, or lead to
     * another root than the sealer's.
     */
    Frontier grown() {
        try {
            var grown = Frontier.of(exportedSize, exportedFrontier);
            for (var block : blocks) {
                demand(block.first == grown.size() && block.leaves.length == HASH * block.ids.length);
                leaves(block).forEach(grown::add);
            }
            demand(grown.size() > exportedSize && grown.size() <= size);
            demand(grown.size() < size
                    || Arrays.equals(grown.root(), Frontier.of(size, frontier).root()));
            return grown;
        } catch (IllegalArgumentException broken) {
            throw new DoesNotAddUp();
        }
    }

    List<byte[]> leaves() {
        return blocks.stream().flatMap(block -> leaves(block).stream()).toList();
    }

    List<UUID> ids() {
        return blocks.stream().flatMap(block -> Arrays.stream(block.ids)).toList();
    }

    private static List<byte[]> leaves(Block block) {
        var leaves = new ArrayList<byte[]>(block.ids.length);
        for (int at = 0; at < block.leaves.length; at += HASH) {
            leaves.add(Arrays.copyOfRange(block.leaves, at, at + HASH));
        }
        return leaves;
    }

    private static void demand(boolean fits) {
        if (!fits) {
            throw new DoesNotAddUp();
        }
    }

    /** Blocks and tree were changed behind the sealer's back. */
    static final class DoesNotAddUp extends RuntimeException {}
}
