package io.switchboard.audit.feed;

import io.smallrye.mutiny.Uni;
import io.switchboard.audit.log.Readings;
import io.switchboard.audit.tree.SealedPage;
import io.switchboard.audit.tree.SealedRecord;
import io.switchboard.audit.tree.SealedRecords;
import io.switchboard.kit.tenant.CallerContext;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/** Shows each sealed record once, whoever reconnects where: a record's place never changes, and there are no gaps between them. */
@ApplicationScoped
class Feed {
    private static final long PAUSE_MILLIS = 500;

    private final SealedRecords records;
    private final Readings readings;
    private final Vertx vertx;

    Feed(SealedRecords records, Readings readings, Vertx vertx) {
        this.records = records;
        this.readings = readings;
        this.vertx = vertx;
    }

    /**
     * @param from the first sequence
     * @param patience how long to wait for a record where there is none
     * @param gone whether the client has hung up
     */
    Uni<FeedPage> read(CallerContext caller, UUID org, long from, int limit, Duration patience, BooleanSupplier gone) {
        var end = System.nanoTime() + patience.toNanos();
        return find(caller, org, from, limit, end, gone)
                .map(Feed::page)
                .call(page -> page.isNews()
                        ? record(caller, org, page)
                        : Uni.createFrom().voidItem());
    }

    private Uni<Void> record(CallerContext caller, UUID org, FeedPage page) {
        var details = Map.of("feed", true, "found", page.items().size());
        return readings.record(caller, Readings.success(null, details), org);
    }

    /** Holds no connection between two looks. */
    private Uni<SealedPage> find(CallerContext caller, UUID org, long from, int limit, long end, BooleanSupplier gone) {
        return records.read(caller, org, from, from + limit)
                .chain(page -> page.records().isEmpty() && System.nanoTime() - end < 0 && !gone.getAsBoolean()
                        ? pause().chain(() -> find(caller, org, from, limit, end, gone))
                        : Uni.createFrom().item(page));
    }

    private Uni<Long> pause() {
        return Uni.createFrom().emitter(pause -> vertx.setTimer(PAUSE_MILLIS, pause::complete));
    }

    private static FeedPage page(SealedPage page) {
        var items = page.records().stream()
                .map(SealedRecord::record)
                .filter(record -> record != null)
                .toList();
        return new FeedPage(items, page.next() == 0 ? null : page.next() - 1);
    }
}
