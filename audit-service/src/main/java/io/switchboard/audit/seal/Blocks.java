package io.switchboard.audit.seal;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** What is sealed, as callers see it: an organization its own, operators all. */
@ApplicationScoped
public class Blocks {
    private static final String SEQUENCES = "select sequences_of($1, $2, $3) as sequences";
    private static final String TREE = "select " + SealedTree.COLUMNS + " from trees where org_id = $1";

    private final TenantSql sql;

    Blocks(TenantSql sql) {
        this.sql = sql;
    }

    /** The sequence of each record, in their order: its 0-based place in its organization's tree, or null until it is sealed. */
    public Uni<List<@Nullable Long>> sequences(CallerContext caller, List<Recorded> records) {
        if (records.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return sql.execute(caller, SEQUENCES, args(records))
                .map(rows -> Arrays.asList(rows.iterator().next().getArrayOfLongs("sequences")));
    }

    /** Null while no record of the organization is sealed. */
    public Uni<@Nullable SealedTree> tree(CallerContext caller, UUID orgId) {
        return sql.first(caller, TREE, Tuple.of(orgId), SealedTree::of);
    }

    private static Tuple args(List<Recorded> records) {
        return Tuple.of(
                array(records, Recorded::orgId, UUID[]::new),
                array(records, Recorded::no, Long[]::new),
                array(records, Recorded::id, UUID[]::new));
    }

    private static <T> T[] array(List<Recorded> records, Function<Recorded, T> part, IntFunction<T[]> array) {
        return records.stream().map(part).toArray(array);
    }
}
