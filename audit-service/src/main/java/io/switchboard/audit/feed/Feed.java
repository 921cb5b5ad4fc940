package io.switchboard.audit.feed;

import io.smallrye.mutiny.Uni;
import io.switchboard.audit.log.Readings;
import io.switchboard.audit.seal.Blocks;
import io.switchboard.audit.seal.SealedTree;
import io.switchboard.audit.tree.SealedPage;
import io.switchboard.audit.tree.SealedRecords;
import io.switchboard.audit.tree.TreeBroken;
import io.switchboard.kit.tenant.CallerContext;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Shows each sealed record once, also to a reader that reconnects: a record's place never changes, and there are no gaps between them. */
@ApplicationScoped
class Feed {
    private static final long PAUSE_MILLIS = 500;

    private final Blocks blocks;
    private final SealedRecords records;
    private final Readings readings;
    private final Vertx vertx;

    Feed(Blocks blocks, SealedRecords records, Readings readings, Vertx vertx) {
        this.blocks = blocks;
        this.records = records;
        this.readings = readings;
        this.vertx = vertx;
    }

    /**
     * Fails with {@code tree_broken}.
     *
     * @param from the first sequence
     * @param patience how long to wait for a record where there is none
     * @param gone whether the client has hung up
     */
    Uni<FeedPage> read(CallerContext caller, UUID org, long from, int limit, Duration patience, BooleanSupplier gone) {
        var end = System.nanoTime() + patience.toNanos();
        return find(caller, org, from, limit, end, gone)
                .map(page -> FeedPage.of(page, limit))
                .call(page -> page.isNews()
                        ? record(caller, org, page)
                        : Uni.createFrom().voidItem());
    }

    private Uni<Void> record(CallerContext caller, UUID org, FeedPage page) {
        var details = Map.of("feed", true, "found", page.items().size());
        return readings.record(caller, Readings.success(null, details), org);
    }

    /** Holds no connection between two looks. An answer without records says that there are none: those that are gone are passed. */
    private Uni<SealedPage> find(
            CallerContext caller, UUID org, long from, int places, long end, BooleanSupplier gone) {
        return records.read(caller, org, from, from + places).chain(page -> {
            if (gone.getAsBoolean() || page.hasKept()) {
                return Uni.createFrom().item(page);
            }
            if (!page.records().isEmpty()) {
                return find(caller, org, page.next(), FeedQuery.MOST, end, gone);
            }
            return System.nanoTime() - end < 0
                    ? pause().chain(() -> find(caller, org, from, places, end, gone))
                    : blocks.tree(caller, org).chain(tree -> atEnd(caller, org, page, tree));
        });
    }

    /** Where the tree goes on, records were sealed meanwhile, or their block is gone: who follows the log must not take that for its end. */
    private Uni<SealedPage> atEnd(CallerContext caller, UUID org, SealedPage page, @Nullable SealedTree tree) {
        if (tree == null || tree.size() <= page.next()) {
            return Uni.createFrom().item(page);
        }
        return records.read(caller, org, page.next(), page.next() + 1).invoke(found -> {
            if (found.records().isEmpty()) {
                throw TreeBroken.problem();
            }
        });
    }

    private Uni<Long> pause() {
        return Uni.createFrom().emitter(pause -> vertx.setTimer(PAUSE_MILLIS, pause::complete));
    }
}
