package io.switchboard.kit.stream;

import io.switchboard.kit.front.Front;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One client's connection as a stream of server-sent events. Its feed alone uses it, on one thread. */
final class EventStream {
    private static final Buffer BEGIN = Buffer.buffer("retry: 1000\n\n");
    private static final Buffer HEARTBEAT = Buffer.buffer(":\n\n");

    private final RoutingContext context;
    private final HttpServerResponse response;
    private final Front front;
    private final Subject subject;
    private final Instant expires;
    private @Nullable CatchUp catchUp;
    private @Nullable Set<UUID> seen;
    private long seenSince;
    private long wroteAt = System.nanoTime();
    private boolean isReady = true;

    EventStream(RoutingContext context, Front front, Subject subject, Instant expires, CatchUp catchUp) {
        this.context = context;
        this.response = context.response();
        this.front = front;
        this.subject = subject;
        this.expires = expires;
        this.catchUp = catchUp;
    }

    /**
     * Sends the head of the answer and how soon to come again, unless it has. What happens after the client has it is sent,
     * so it waits for the first page.
     */
    void begin(int queue) {
        if (response.headWritten() || !isOpen()) {
            return;
        }
        response.setChunked(true)
                .setWriteQueueMaxSize(queue)
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream")
                .putHeader("X-Accel-Buffering", "no"); // else nginx collects it
        response.write(BEGIN);
    }

    Subject subject() {
        return subject;
    }

    /** Until it goes live. */
    CatchUp catchUp() {
        return catchUp;
    }

    boolean isOpen() {
        return !response.ended() && !response.closed();
    }

    /** Whether it has read its last page. */
    boolean isReady() {
        return isReady;
    }

    void readyAgain() {
        isReady = true;
    }

    /** For a page of what was there before: as fast as the client reads. */
    Future<Void> write(Buffer events) {
        isReady = false;
        wroteAt = System.nanoTime();
        return response.write(events);
    }

    void goLive(long now) {
        seen = catchUp.seen();
        catchUp = null;
        seenSince = now;
    }

    boolean hasSeen(UUID key) {
        return seen != null && seen.contains(key);
    }

    /** Sends an event as it happens. A client that does not read is cut off: it comes again, and continues where it was. */
    void send(Buffer event) {
        if (!isOpen()) {
            return;
        }
        response.write(event);
        wroteAt = System.nanoTime();
        if (response.writeQueueFull()) {
            front.cutOff(context, "stream_not_read");
        }
    }

    /** To be called about once a second. */
    void check(long now, long heartbeat, long keepsSeen) {
        if (!isOpen()) {
            return;
        }
        if (!Instant.now().isBefore(expires)) {
            end();
            return;
        }
        if (now - wroteAt >= heartbeat) {
            send(HEARTBEAT);
        }
        if (seen != null && now - seenSince > keepsSeen) {
            seen = null;
        }
    }

    void end() {
        if (isOpen()) {
            response.end();
        }
    }
}
