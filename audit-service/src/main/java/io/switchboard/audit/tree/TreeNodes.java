package io.switchboard.audit.tree;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.switchboard.audit.format.Frontier;
import io.switchboard.audit.format.MerkleProofs;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.TenantSql;
import io.switchboard.kit.work.Offloaded;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * Proofs about an organization's tree. Leaves are in its blocks, inner nodes in its full tiles; what no full tile has is made of what
 * is below, a few thousand hashes at a time and on the workers.
 */
@ApplicationScoped
public class TreeNodes {
    private static final int HASH = 32;
    private static final int TILE_LEVELS = 8;
    private static final int TILE = 1 << TILE_LEVELS;
    private static final int LEAVES = 4096; // read at once
    private static final byte[] UNKNOWN = new byte[HASH];

    private static final String TILES =
            "select hashes from tiles where org_id = $1 and level = $2 and index >= $3 and index < $4 order by index";

    private static final String LEAF_HASHES = "select " + BlockRange.bytes("leaves") + " as hashes" + BlockRange.BLOCKS;

    private final TenantSql sql;

    TreeNodes(TenantSql sql) {
        this.sql = sql;
    }

    /** The root of a full subtree of {@code 1 << level} leaves. */
    private record Node(int level, long index) {}

    /** The siblings from the leaf upwards. */
    public Uni<List<byte[]>> inclusion(CallerContext caller, UUID org, long index, long size) {
        return proof(caller, org, subtrees -> MerkleProofs.inclusion(index, size, subtrees));
    }

    /** The full subtrees before the leaf, from left to right. */
    public Uni<List<byte[]>> left(CallerContext caller, UUID org, long begin) {
        return proof(caller, org, subtrees -> MerkleProofs.left(begin, subtrees));
    }

    /** The full subtrees from the leaf on, from left to right. */
    public Uni<List<byte[]>> right(CallerContext caller, UUID org, long end, long size) {
        return proof(caller, org, subtrees -> MerkleProofs.right(end, size, subtrees));
    }

    /** The tree of the first leaves. */
    public Uni<Frontier> frontier(CallerContext caller, UUID org, long size) {
        return left(caller, org, size).map(hashes -> {
            var bytes = Buffer.buffer();
            hashes.forEach(bytes::appendBytes);
            return Frontier.of(size, bytes.getBytes());
        });
    }

    /** The maker says which hashes it needs, these are read, and it makes the proof of them. */
    private Uni<List<byte[]>> proof(
            CallerContext caller, UUID org, Function<MerkleProofs.Subtrees, List<byte[]>> maker) {
        Set<Node> needed = new LinkedHashSet<>();
        maker.apply((level, index) -> {
            needed.add(new Node(level, index));
            return UNKNOWN;
        });
        return Multi.createFrom()
                .iterable(needed)
                .onItem()
                .transformToUniAndConcatenate(node -> hash(caller, org, node).map(hash -> Map.entry(node, hash)))
                .collect()
                .in(HashMap<Node, byte[]>::new, (known, found) -> known.put(found.getKey(), found.getValue()))
                .map(known -> maker.apply((level, index) -> known.get(new Node(level, index))));
    }

    private Uni<byte[]> hash(CallerContext caller, UUID org, Node node) {
        int tileLevel = node.level() / TILE_LEVELS;
        if (tileLevel == 0) {
            return leaves(caller, org, node.index() << node.level(), (node.index() + 1) << node.level());
        }
        int above = node.level() % TILE_LEVELS;
        long begin = node.index() << above;
        int from = (int) (begin % TILE) * HASH;
        return tiles(caller, org, tileLevel, begin / TILE, begin / TILE + 1)
                .chain(found -> found.isEmpty()
                        ? below(caller, org, tileLevel, begin, begin + (1L << above))
                        : fold(new Frontier(), found.get(0), from, from + (HASH << above))
                                .map(Frontier::root));
    }

    /** Of hashes of a tile that is not full: each is the root of a full tile below, or of 256 leaves. */
    private Uni<byte[]> below(CallerContext caller, UUID org, int tileLevel, long begin, long end) {
        if (tileLevel == 1) {
            return leaves(caller, org, begin * TILE, end * TILE);
        }
        return steps(begin, end, LEAVES / TILE, (frontier, at, next) -> tiles(caller, org, tileLevel - 1, at, next)
                .chain(found -> fold(frontier, found, next - at)));
    }

    private Uni<byte[]> leaves(CallerContext caller, UUID org, long begin, long end) {
        return steps(begin, end, LEAVES, (frontier, at, next) -> sql.list(
                        caller, LEAF_HASHES, Tuple.of(org, at, next), row -> row.getBuffer("hashes"))
                .chain(found -> {
                    var hashes = Buffer.buffer();
                    found.forEach(hashes::appendBuffer);
                    return fold(frontier, hashes, 0, requireLength(hashes, (int) (next - at) * HASH));
                }));
    }

    /** Adds the hashes from one place to another. */
    private interface Step {
        Uni<Frontier> add(Frontier frontier, long from, long to);
    }

    private static Uni<byte[]> steps(long begin, long end, int length, Step step) {
        var added = Uni.createFrom().item(new Frontier());
        for (long at = begin; at < end; at += length) {
            long from = at;
            added = added.chain(frontier -> step.add(frontier, from, Math.min(from + length, end)));
        }
        return added.map(Frontier::root);
    }

    private Uni<List<Buffer>> tiles(CallerContext caller, UUID org, int level, long from, long to) {
        return sql.list(caller, TILES, Tuple.of(org, level, from, to), row -> row.getBuffer("hashes"));
    }

    private Uni<Frontier> fold(Frontier frontier, List<Buffer> tiles, long count) {
        var hashes = Buffer.buffer();
        tiles.forEach(hashes::appendBuffer);
        return fold(frontier, hashes, 0, requireLength(hashes, (int) count * TILE * HASH));
    }

    private Uni<Frontier> fold(Frontier frontier, Buffer hashes, int from, int to) {
        return Offloaded.on(Infrastructure.getDefaultExecutor(), () -> {
            for (int at = from; at < to; at += HASH) {
                frontier.add(hashes.getBytes(at, at + HASH));
            }
            return frontier;
        });
    }

    private static int requireLength(Buffer hashes, int wanted) {
        if (hashes.length() != wanted) {
            throw TreeBroken.problem();
        }
        return wanted;
    }
}
