package io.switchboard.audit.checkpoint;

import io.smallrye.mutiny.Uni;
import io.switchboard.audit.checkpoint.JournalObject.Published;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** What of the trees the journal has, and who may add to it. */
@ApplicationScoped
class PublishedTrees {
    private static final String LEASE = "select lease_publishing($1)";
    private static final String RELEASE = "select release_publishing($1)";
    private static final String BACKLOG = "select up_to_no, most from journal_backlog($1)";
    private static final String UNPUBLISHED = "select * from journal_blocks($1)";
    private static final String MARK = "select mark_published($1, $2, $3, $4, $5)";

    private final TenantSql sql;

    PublishedTrees(TenantSql sql) {
        this.sql = sql.forWorkers();
    }

    /** Whether a replica may publish during the next minute. */
    enum Lease {
        NONE,
        TAKEN,
        KEPT;

        private static Lease of(@Nullable String answer) {
            return answer == null ? NONE : "kept".equals(answer) ? KEPT : TAKEN;
        }
    }

    Uni<Lease> lease(UUID replica) {
        return sql.crossTenant(LEASE, Tuple.of(replica))
                .map(rows -> Lease.of(rows.iterator().next().getString(0)));
    }

    Uni<Void> release(UUID replica) {
        return sql.crossTenant(RELEASE, Tuple.of(replica)).replaceWithVoid();
    }

    /**
     * How many records the tree with the most has that are not in the journal.
     *
     * @param upToNo the number up to which all records are sealed
     * @param most null if that is less than the number from which it was asked for
     */
    record Backlog(long upToNo, @Nullable Long most) {}

    Uni<Backlog> backlog(long fromNo) {
        return sql.crossTenant(BACKLOG, Tuple.of(fromNo))
                .map(rows -> rows.iterator().next())
                .map(row -> new Backlog(row.getLong("up_to_no"), row.getLong("most")));
    }

    /** The next trees and blocks, as many as one object of the journal takes. */
    Uni<List<UnpublishedTree>> unpublished(Collection<UUID> except) {
        return sql.crossTenant(UNPUBLISHED, Tuple.of(except.toArray(UUID[]::new)))
                .map(UnpublishedTree::of);
    }

    /** Answers how many of the trees went on; one that another replica has published meanwhile does not. */
    Uni<Integer> mark(List<Published> trees) {
        var args = Tuple.of(
                column(trees, Published::org, UUID[]::new),
                column(trees, Published::before, Long[]::new),
                column(trees, Published::size, Long[]::new),
                column(trees, tree -> Buffer.buffer(tree.frontier()), Buffer[]::new),
                column(trees, Published::checkpoint, String[]::new));
        return sql.crossTenant(MARK, args).map(rows -> rows.iterator().next().getInteger(0));
    }

    private static <T> T[] column(List<Published> trees, Function<Published, T> value, IntFunction<T[]> array) {
        return trees.stream().map(value).toArray(array);
    }
}
