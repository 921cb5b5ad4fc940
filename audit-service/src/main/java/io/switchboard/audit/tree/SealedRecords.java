package io.switchboard.audit.tree;

import io.smallrye.mutiny.Uni;
import io.switchboard.audit.log.AuditRecord;
import io.switchboard.audit.tree.SealedRecord.ErasedParts;
import io.switchboard.kit.tenant.BoundedRows;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Sealed records in the order of their sequence. */
@ApplicationScoped
public class SealedRecords {
    private static final int HASH = 32;
    private static final int SALTS = 32;

    /** Parts of blocks; $2 is the first sequence, $3 the one after the last. Numbers of a block fit into an int. */
    static final String SLICES = "select last_no, greatest(first, $2) as begin, " + BlockRange.IDS + " as ids, "
            + BlockRange.bytes("leaves") + " as leaves, " + BlockRange.bytes("salts") + " as salts" + BlockRange.BLOCKS;

    /** $2 are ids of consecutive entries from $3 on. An erasure shows in the same moment in both tables. */
    static final String RECORDS = "select l.id, l.org_id, l.occurred_at, l.recorded_at, l.actor_id, l.actor_type,"
            + " l.action, l.resource_type, l.resource_id, l.service, l.old_data::text as old_data,"
            + " l.new_data::text as new_data, l.ip_address, l.user_agent, l.request_id, l.outcome, l.no,"
            + " e.data as erased_data, e.origin as erased_origin, e.erased_at,"
            + " array_position($2::uuid[], l.id) as place"
            + " from audit_logs l left join erased_parts e on e.org_id = $1 and e.sequence >= $3"
            + " and e.sequence < $3 + cardinality($2::uuid[]) and e.sequence = $3 + array_position($2::uuid[], l.id) - 1"
            + " where l.org_id = $1 and l.id = any($2::uuid[]) order by place";

    private final TenantSql sql;

    SealedRecords(TenantSql sql) {
        this.sql = sql;
    }

    /** The same for work that no caller waits for. */
    public SealedRecords forWorkers() {
        return new SealedRecords(sql.forWorkers());
    }

    /** A record as its block has it. */
    private record BlockEntry(UUID id, long blockLastNo, byte[] leafHash, byte[] salts) {}

    /** A row of the log, which stands at a place of the page. */
    private record Kept(AuditRecord record, @Nullable ErasedParts erased, int place) {}

    /**
     * As many records as have room in an answer, and at most so many. What is removed from the log has a sequence all the same.
     *
     * @param from the first sequence
     * @param to the one after the last
     */
    public Uni<SealedPage> read(CallerContext caller, UUID org, long from, long to) {
        return sql.list(caller, SLICES, Tuple.of(org, from, to), row -> row)
                .map(rows -> entries(rows, from))
                .chain(entries -> entries.isEmpty()
                        ? Uni.createFrom().item(new SealedPage(List.of(), from))
                        : records(caller, org, from, entries));
    }

    private Uni<SealedPage> records(CallerContext caller, UUID org, long from, List<BlockEntry> entries) {
        var ids = entries.stream().map(BlockEntry::id).toArray(UUID[]::new);
        return sql.bounded(
                        caller,
                        RECORDS,
                        Tuple.of(org, ids, from),
                        row -> kept(row, from),
                        List.of("old_data", "new_data"))
                .map(found -> page(org, from, entries, found));
    }

    private static SealedPage page(UUID org, long from, List<BlockEntry> entries, BoundedRows<Kept> found) {
        var byPlace = new HashMap<Integer, Kept>();
        found.rows().forEach(kept -> byPlace.put(kept.place(), kept));
        int count = found.isCut() ? found.last().place() : entries.size();
        var records = new ArrayList<SealedRecord>(count);
        for (int i = 0; i < count; i++) {
            var entry = entries.get(i);
            var kept = byPlace.get(i + 1);
            records.add(new SealedRecord(
                    org,
                    from + i,
                    entry.id(),
                    entry.blockLastNo(),
                    entry.leafHash(),
                    entry.salts(),
                    kept == null ? null : kept.record(),
                    kept == null ? null : kept.erased()));
        }
        return new SealedPage(records, from + count);
    }

    /** As far as they have no gap. */
    private static List<BlockEntry> entries(List<Row> slices, long from) {
        var entries = new ArrayList<BlockEntry>();
        for (var slice : slices) {
            if (slice.getLong("begin") != from + entries.size()) {
                break;
            }
            var ids = slice.getArrayOfUUIDs("ids");
            var leaves = slice.getBuffer("leaves").getBytes();
            var salts = slice.getBuffer("salts").getBytes();
            for (int i = 0; i < ids.length; i++) {
                entries.add(
                        new BlockEntry(ids[i], slice.getLong("last_no"), part(leaves, i, HASH), part(salts, i, SALTS)));
            }
        }
        return entries;
    }

    private static byte[] part(byte[] bytes, int index, int length) {
        return Arrays.copyOfRange(bytes, index * length, (index + 1) * length);
    }

    private static Kept kept(Row row, long from) {
        int place = row.getInteger("place");
        var erasedAt = row.getOffsetDateTime("erased_at");
        return new Kept(
                AuditRecord.of(row, from + place - 1),
                erasedAt == null
                        ? null
                        : new ErasedParts(
                                bytes(row.getBuffer("erased_data")), bytes(row.getBuffer("erased_origin")), erasedAt),
                place);
    }

    private static byte @Nullable [] bytes(@Nullable Buffer buffer) {
        return buffer == null ? null : buffer.getBytes();
    }
}
