package io.switchboard.kit.stream;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Feeds the streams of one kind in this replica. One step at a time: first new streams are sent what was there before them, then one
 * query finds what is new for all others. Everything runs on the feed's own context.
 */
final class StreamFeed {
    private static final Logger LOG = Logger.getLogger(StreamFeed.class);

    /** Streams that read a page in one query. */
    private static final int CATCH_UP_AT_ONCE = 20;

    private final StreamKind kind;
    private final StreamRows rows;
    private final EventText text;
    private final StreamLimits limits;
    private final Vertx vertx;
    private final Context context;
    private final Set<EventStream> catchingUp = new LinkedHashSet<>();
    private final Map<Subject, Topic> topics = new HashMap<>();
    private boolean isRunning;
    private boolean isDue;
    private long polledAt;

    StreamFeed(StreamKind kind, StreamRows rows, EventText text, StreamLimits limits, Vertx vertx) {
        this.kind = kind;
        this.rows = rows;
        this.text = text;
        this.limits = limits;
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
    }

    void open(EventStream stream) {
        context.runOnContext(go -> {
            catchingUp.add(stream);
            step();
        });
    }

    void close(EventStream stream) {
        context.runOnContext(go -> {
            catchingUp.remove(stream);
            topics.computeIfPresent(stream.subject(), (subject, topic) -> {
                topic.remove(stream);
                return topic.isEmpty() ? null : topic;
            });
        });
    }

    void wake() {
        context.runOnContext(go -> {
            isDue = true;
            step();
        });
    }

    void endAll() {
        context.runOnContext(go -> all().forEach(EventStream::end));
    }

    /** Ends what has expired and sends heartbeats; also looks for what no notification told of. */
    void check() {
        context.runOnContext(go -> {
            var now = System.nanoTime();
            var heartbeat = limits.heartbeat().toNanos();
            all().forEach(stream -> stream.check(now, heartbeat, Topic.KEPT_NANOS));
            topics.values().forEach(topic -> topic.forget(now));
            isDue |= now - polledAt >= limits.poll().toNanos();
            step();
        });
    }

    private List<EventStream> all() {
        var streams = new ArrayList<>(catchingUp);
        topics.values().forEach(topic -> streams.addAll(topic.streams()));
        return streams;
    }

    private void step() {
        if (isRunning) {
            return;
        }
        var batch = batch();
        if (!batch.isEmpty()) {
            isRunning = true;
            catchUp(batch);
        } else if (isDue && !topics.isEmpty()) {
            isRunning = true;
            var wait = limits.pause().toMillis() - (System.nanoTime() - polledAt) / 1_000_000;
            if (wait > 0) {
                vertx.setTimer(wait, timer -> context.runOnContext(go -> poll()));
            } else {
                poll();
            }
        }
    }

    /** One stream a subject, as rows are told apart by their subject. */
    private Map<Subject, EventStream> batch() {
        var batch = new LinkedHashMap<Subject, EventStream>();
        for (var stream : catchingUp) {
            if (stream.isReady() && batch.size() < CATCH_UP_AT_ONCE) {
                batch.putIfAbsent(stream.subject(), stream);
            }
        }
        return batch;
    }

    private void catchUp(Map<Subject, EventStream> batch) {
        var after = batch.values().stream()
                .map(stream -> stream.catchUp().after())
                .collect(ArrayList<UUID>::new, ArrayList::add, ArrayList::addAll);
        read(batch.keySet(), after, Set.of(), found -> batch.values().forEach(stream -> {
            if (catchingUp.contains(stream)) {
                sendPage(stream, found.getOrDefault(stream.subject(), List.of()));
            }
        }));
    }

    private void sendPage(EventStream stream, List<Row> page) {
        if (!stream.isOpen()) {
            catchingUp.remove(stream);
            return;
        }
        stream.begin((int) limits.queue().asLongValue());
        var events = Buffer.buffer();
        var isLast = false;
        for (var row : page) {
            var key = row.getUUID("key");
            if (kind.isState()
                    ? stream.catchUp().takeState(key)
                    : stream.catchUp().take(key)) {
                var event = kind.event(row);
                events.appendBuffer(text.write(event));
                isLast |= event.isLast();
            }
        }
        var isDone = stream.catchUp().endPage(!kind.isState() && page.size() >= StreamRows.MOST);
        if (events.length() > 0) {
            stream.write(events)
                    .onComplete(written -> context.runOnContext(go -> {
                        stream.readyAgain();
                        step();
                    }));
        }
        if (isLast) {
            stream.end();
        } else if (isDone && stream.isOpen()) {
            catchingUp.remove(stream);
            stream.goLive(System.nanoTime());
            topics.computeIfAbsent(stream.subject(), subject -> new Topic(kind.isState()))
                    .add(stream);
            isDue = true;
        }
    }

    private void poll() {
        isDue = false;
        polledAt = System.nanoTime();
        var subjects = List.copyOf(topics.keySet());
        var known = new ArrayList<UUID>();
        topics.values().forEach(topic -> known.addAll(topic.sent()));
        var after = Collections.<UUID>nCopies(subjects.size(), null);
        read(subjects, after, known, found -> found.forEach(this::sendNew));
    }

    private void sendNew(Subject subject, List<Row> found) {
        var topic = topics.get(subject);
        if (topic == null) {
            return;
        }
        var now = System.nanoTime();
        for (var row : found) {
            var key = row.getUUID("key");
            if (topic.note(key, now)) {
                send(topic, key, kind.event(row));
            }
        }
        if (topic.isFull()) {
            topic.streams().forEach(EventStream::end); // they come again, and continue page by page
        }
        isDue |= found.size() >= StreamRows.MOST;
    }

    private void send(Topic topic, UUID key, StreamedEvent event) {
        var events = text.write(event);
        for (var stream : topic.streams()) {
            if (!stream.hasSeen(key)) {
                stream.send(events);
                if (event.isLast()) {
                    stream.end();
                }
            }
        }
    }

    private void read(
            Collection<Subject> subjects,
            List<UUID> after,
            Collection<UUID> known,
            Consumer<Map<Subject, List<Row>>> use) {
        rows.read(subjects, after, known)
                .subscribe()
                .with(
                        found -> finish(() -> use.accept(found)),
                        failure -> finish(() -> {
                            throw new IllegalStateException(failure);
                        }));
    }

    /** What failed is tried again with the next check. */
    private void finish(Runnable rest) {
        context.runOnContext(go -> {
            try {
                rest.run();
                isRunning = false;
                step();
            } catch (RuntimeException failure) {
                isRunning = false;
                LOG.warnf("Streams of %s wait for the database: %s", kind.name(), failure.getMessage());
            }
        });
    }
}
