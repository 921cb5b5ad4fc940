package io.switchboard.audit.seal;

import io.smallrye.mutiny.Uni;
import io.switchboard.audit.format.Frontier;
import io.switchboard.kit.tenant.Statements;
import io.switchboard.kit.work.Offloaded;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.IntFunction;

/** One round of sealing, in one transaction: the next records by number become leaves. */
final class SealRound {
    private static final String HORIZON = "select up_to_no, seal_horizon() as horizon from seal_cursor";
    private static final String RECORDS = "select " + UnsealedRecord.COLUMNS + " from unsealed_records($1, $2)";
    private static final String TREES = "select org_id, size, frontier from growing_trees($1)";
    private static final String SEAL = "select seal($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";

    private final Statements sql;
    private final Executor worker;
    private final SecureRandom random;

    SealRound(Statements sql, Executor worker, SecureRandom random) {
        this.sql = sql;
        this.worker = worker;
        this.random = random;
    }

    /**
     * What a round has done.
     *
     * @param isLast whether all up to the horizon is sealed
     */
    record Result(int sealed, boolean isLast) {}

    private record Range(long after, long horizon) {
        static Range of(Row row) {
            return new Range(row.getLong("up_to_no"), row.getLong("horizon"));
        }
    }

    /** Fails, and then nothing is sealed, if a transaction goes on recording for too long, or if another one has sealed meanwhile. */
    Uni<Result> run() {
        return sql.first(HORIZON, Tuple.tuple(), Range::of)
                .chain(range -> sql.list(RECORDS, Tuple.of(range.after(), range.horizon()), UnsealedRecord::of)
                        .chain(records ->
                                records.isEmpty() ? Uni.createFrom().item(new Result(0, true)) : seal(range, records)));
    }

    private Uni<Result> seal(Range range, List<UnsealedRecord> records) {
        long upTo = records.get(records.size() - 1).no();
        return sql.run(TREES, Tuple.of(orgIds(records)))
                .map(SealRound::frontiers)
                .chain(trees -> Offloaded.on(worker, () -> growths(records, trees)))
                .chain(growths -> new FullTiles(sql, worker)
                        .of(growths)
                        .chain(tiles -> sql.run(SEAL, args(range.after(), upTo, growths, tiles))))
                .replaceWith(new Result(records.size(), upTo == range.horizon()));
    }

    private static UUID[] orgIds(List<UnsealedRecord> records) {
        return records.stream().map(UnsealedRecord::orgId).distinct().toArray(UUID[]::new);
    }

    private static Map<UUID, Frontier> frontiers(Iterable<Row> rows) {
        var frontiers = new LinkedHashMap<UUID, Frontier>();
        for (var row : rows) {
            frontiers.put(
                    row.getUUID("org_id"),
                    Frontier.of(row.getLong("size"), row.getBuffer("frontier").getBytes()));
        }
        return frontiers;
    }

    private List<Growth> growths(List<UnsealedRecord> records, Map<UUID, Frontier> trees) {
        var byOrganization = new LinkedHashMap<UUID, List<UnsealedRecord>>();
        records.forEach(record -> byOrganization
                .computeIfAbsent(record.orgId(), absent -> new ArrayList<>())
                .add(record));
        var growths = new ArrayList<Growth>(byOrganization.size());
        byOrganization.forEach(
                (orgId, own) -> growths.add(Growth.of(trees.getOrDefault(orgId, new Frontier()), own, random)));
        return growths;
    }

    private static Tuple args(long after, long upTo, List<Growth> growths, List<Tile> tiles) {
        return Tuple.from(List.of(
                after,
                upTo,
                array(growths, Growth::orgId, UUID[]::new),
                array(growths, Growth::first, Long[]::new),
                array(growths, growth -> growth.ids().length, Integer[]::new),
                array(growths, Growth::lastNo, Long[]::new),
                growths.stream().flatMap(growth -> Arrays.stream(growth.ids())).toArray(UUID[]::new),
                bytes(growths, Growth::leaves),
                bytes(growths, Growth::salts),
                bytes(growths, Growth::frontier),
                array(tiles, Tile::orgId, UUID[]::new),
                array(tiles, Tile::level, Integer[]::new),
                array(tiles, Tile::index, Long[]::new),
                bytes(tiles, Tile::hashes)));
    }

    private static <T> Buffer[] bytes(List<T> list, Function<T, byte[]> part) {
        return array(list, item -> Buffer.buffer(part.apply(item)), Buffer[]::new);
    }

    private static <T, P> P[] array(List<T> list, Function<T, P> part, IntFunction<P[]> array) {
        return list.stream().map(part).toArray(array);
    }
}
