package io.switchboard.audit.seal;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.switchboard.audit.format.TreeHash;
import io.switchboard.kit.tenant.Statements;
import io.switchboard.kit.work.Offloaded;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/** Makes the tiles that a round fills: of a tree one at most a level, as a round has fewer leaves than a tile covers. */
final class FullTiles {
    private static final String SOURCES = "select first, hashes from tile_sources($1, $2, $3)";
    private static final int BELOW = Tile.WIDTH * Tile.WIDTH;

    private final Statements sql;
    private final Executor worker;

    FullTiles(Statements sql, Executor worker) {
        this.sql = sql;
        this.worker = worker;
    }

    /** Nodes of one level: leaves, or the hashes of a tile. */
    private record Nodes(long first, byte[] hashes) {
        static Nodes of(Row row) {
            return new Nodes(row.getLong("first"), row.getBuffer("hashes").getBytes());
        }

        /** The last tile that these help to fill; it is full if it is not the one that they begin in. */
        long tile() {
            return (first + hashes.length / TreeHash.LENGTH) / BELOW - 1;
        }

        boolean fill() {
            return tile() >= first / BELOW;
        }

        /** The part that is in the tile goes to its place there. */
        void copy(long tile, byte[] below) {
            long offset = (first - tile * BELOW) * TreeHash.LENGTH;
            int from = (int) Math.max(0, -offset);
            int to = (int) Math.min(hashes.length, below.length - offset);
            System.arraycopy(hashes, from, below, (int) (offset + from), to - from);
        }
    }

    Uni<List<Tile>> of(List<Growth> growths) {
        return Multi.createFrom()
                .iterable(growths)
                .onItem()
                .transformToUniAndConcatenate(
                        growth -> above(growth.orgId(), 1, new Nodes(growth.first(), growth.leaves())))
                .collect()
                .asList()
                .map(lists -> lists.stream().flatMap(List::stream).toList());
    }

    private Uni<List<Tile>> above(UUID orgId, int level, Nodes added) {
        if (!added.fill() || level > Tile.TOP_LEVEL) {
            return Uni.createFrom().item(List.of());
        }
        return sql.list(SOURCES, Tuple.of(orgId, level, added.tile()), Nodes::of)
                .chain(known -> Offloaded.on(worker, () -> tile(orgId, level, known, added)))
                .chain(tile -> above(orgId, level + 1, new Nodes(tile.index() * Tile.WIDTH, tile.hashes()))
                        .map(higher ->
                                Stream.concat(Stream.of(tile), higher.stream()).toList()));
    }

    private static Tile tile(UUID orgId, int level, List<Nodes> known, Nodes added) {
        long index = added.tile();
        var below = new byte[BELOW * TreeHash.LENGTH];
        var all = new ArrayList<>(known);
        all.add(added);
        all.forEach(nodes -> nodes.copy(index, below));
        return Tile.of(orgId, level, index, below);
    }
}
