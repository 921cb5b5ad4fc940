package io.switchboard.crm.calendar;

import io.smallrye.mutiny.Uni;
import io.switchboard.crm.calendar.CalendarFeeds.OpenFeed;
import io.switchboard.kit.http.IfNoneMatch;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Writes feeds, on threads of their own, and only where the caller does not have the same already. */
@ApplicationScoped
class FeedDocuments {
    /** Changes with the way in which appointments are written. */
    private static final String FORMAT = "1-";

    private static final int THREADS = 2;

    private final CalendarEntries entries;
    private final FeedSlots slots;
    private final WorkerExecutor workers;
    private final Map<Content, Uni<String>> running = new ConcurrentHashMap<>();

    /** What is being written. */
    private record Content(UUID orgId, @Nullable UUID assigneeId, String etag) {}

    FeedDocuments(CalendarEntries entries, FeedSlots slots, Vertx vertx) {
        this.entries = entries;
        this.slots = slots;
        this.workers = vertx.createSharedWorkerExecutor("calendar-feeds", THREADS);
    }

    /** Fails with {@code unavailable} while too many are being written. */
    Uni<RestResponse<String>> find(OpenFeed feed, IfNoneMatch ifNoneMatch) {
        return entries.fingerprint(feed.caller(), feed.assigneeId()).chain(fingerprint -> {
            var etag = '"' + FORMAT + fingerprint + '"';
            return ifNoneMatch.names(etag)
                    ? Uni.createFrom().item(CalendarAnswer.unchanged(etag))
                    : text(feed, etag).map(text -> CalendarAnswer.of(text, etag, "appointments"));
        });
    }

    /** Those who ask for the same at the same time share it. */
    private Uni<String> text(OpenFeed feed, String etag) {
        var context = Vertx.currentContext();
        return running.computeIfAbsent(
                        new Content(feed.caller().orgId(), feed.assigneeId(), etag), content -> Uni.createFrom()
                                .deferred(() -> write(feed))
                                .onTermination()
                                .invoke(() -> running.remove(content))
                                .memoize()
                                .indefinitely())
                .emitOn(task -> context.runOnContext(there -> task.run()));
    }

    /** What changes meanwhile is written, under the older tag: the next look fetches it once more. */
    private Uni<String> write(OpenFeed feed) {
        var orgId = feed.caller().orgId();
        slots.take(orgId);
        return entries.list(feed.caller(), feed.assigneeId())
                .chain(this::offload)
                .onTermination()
                .invoke(() -> slots.giveBack(orgId));
    }

    private Uni<String> offload(List<CalendarAppointment> appointments) {
        return Uni.createFrom()
                .completionStage(() -> workers.executeBlocking(() -> AppointmentCalendar.publish(appointments), false)
                        .toCompletionStage());
    }
}
