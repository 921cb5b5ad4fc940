package io.switchboard.kit.stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.StartupEvent;
import io.switchboard.kit.access.AccessFilter;
import io.switchboard.kit.front.Front;
import io.switchboard.kit.outbox.OutboxRelay;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.problem.ProblemAnswer;
import io.switchboard.kit.signal.PgNotifications;
import io.switchboard.kit.tenant.TenantSql;
import io.switchboard.kit.token.AccessToken;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Serves live events (server-sent events). A feature has a {@link StreamKind}, a plain route, and a line with the flag
 * {@code stream} in access.txt:
 *
 * <pre>{@code
 * @ApplicationScoped
 * class ImportStream implements StreamKind {
 *     ImportStream(EventStreams streams, …) { … }
 *
 *     void register(@Observes Router router) {
 *         router.get("/api/contacts/imports/:id/events").handler(this::open); // has the caller's token: AccessFilter.token
 *     }
 *
 *     private void open(RoutingContext context) {
 *         var id = …; // 404 by ProblemAnswer.send where the caller's organization has no such import
 *         streams.open(context, this, id);
 *     }
 *
 *     public String name() { return "contact imports"; }
 *     public boolean isState() { return true; }
 *     public String statement() { return "select … from streamed_contact_imports($1, $2, $3, $4, $5)"; }
 *     public StreamedEvent event(Row row) { … } // isLast once it has finished
 * }
 * }</pre>
 *
 * <p>The route's feature checks that the caller may see the subject; what the statement answers is sent. A commit of any service
 * replica wakes all of them. A stream ends with its caller's token and when this replica begins to shut down.
 */
@ApplicationScoped
public class EventStreams {
    private static final long CHECK_MILLIS = 1_000;

    /** Time for routers to learn that this replica leaves. */
    private static final String COME_AGAIN = "retry: 2000\n\n";

    private final StreamLimits limits;
    private final StreamPlaces places;
    private final TenantSql sql;
    private final PgNotifications notifications;
    private final Front front;
    private final EventText text;
    private final Vertx vertx;
    private final Map<String, StreamFeed> feeds = new ConcurrentHashMap<>();
    private volatile boolean isLeaving;

    public EventStreams(
            StreamLimits limits,
            TenantSql sql,
            PgNotifications notifications,
            Front front,
            ObjectMapper mapper,
            Vertx vertx) {
        this.limits = limits;
        this.places = new StreamPlaces(limits);
        this.sql = sql;
        this.notifications = notifications;
        this.front = front;
        this.text = new EventText(mapper);
        this.vertx = vertx;
    }

    void start(@Observes StartupEvent event, MeterRegistry meters) {
        meters.gauge("switchboard.streams.open", places, StreamPlaces::taken);
        start();
    }

    /** Begins to listen for commits. */
    public void start() {
        notifications.listen(OutboxRelay.COMMITS, () -> feeds.values().forEach(StreamFeed::wake));
        vertx.setPeriodic(CHECK_MILLIS, timer -> feeds.values().forEach(StreamFeed::check));
    }

    void stop(@Observes ShutdownDelayInitiatedEvent event) {
        stop();
    }

    /** Ends all streams; their clients come again, by then elsewhere. */
    public void stop() {
        isLeaving = true;
        feeds.values().forEach(StreamFeed::endAll);
    }

    /**
     * Answers with a stream of one subject of the caller's organization. Answers {@code too_many_streams} (429) or
     * {@code unavailable} (503) where there are too many, and {@code not_acceptable} (406) to a client that takes no event
     * streams.
     */
    public void open(RoutingContext context, StreamKind kind, UUID subject) {
        var token = AccessFilter.token(context);
        if (token == null || token.orgId() == null) {
            ProblemAnswer.send(context, Problem.unauthorized());
        } else if (!accepts(context.request().getHeader(HttpHeaders.ACCEPT))) {
            ProblemAnswer.send(context, Problem.of(406, "not_acceptable", "This operation answers text/event-stream."));
        } else if (isLeaving) {
            // Not 503, after which browsers do not come again.
            head(context).putHeader(HttpHeaders.CONNECTION, "close").end(COME_AGAIN);
        } else if (context.request().method() == HttpMethod.HEAD) {
            head(context).end();
        } else {
            open(context, kind, subject, token);
        }
    }

    private void open(RoutingContext context, StreamKind kind, UUID subject, AccessToken token) {
        var user = token.orgId() + " " + token.subject();
        try {
            places.take(token.orgId(), user);
        } catch (Problem full) {
            ProblemAnswer.send(context, full);
            return;
        }
        var resume = kind.isState() ? null : ResumePoint.of(context.request().getHeader("Last-Event-ID"));
        var stream = new EventStream(
                context,
                front,
                new Subject(token.orgId(), subject),
                token.expires(),
                new CatchUp(resume, resume != null));
        var feed = feeds.computeIfAbsent(kind.name(), name -> feed(kind));
        var isPlaceTaken = new AtomicBoolean(true);
        Runnable close = () -> {
            if (isPlaceTaken.getAndSet(false)) {
                places.giveBack(token.orgId(), user);
                feed.close(stream);
            }
        };
        context.addEndHandler(ended -> close.run());
        feed.open(stream);
        if (!stream.isOpen()) {
            close.run(); // the client left while its token or the subject was looked up
        }
        if (isLeaving) {
            feed.endAll();
        }
    }

    private StreamFeed feed(StreamKind kind) {
        return new StreamFeed(kind, new StreamRows(kind, sql), text, limits, vertx);
    }

    private static HttpServerResponse head(RoutingContext context) {
        return context.response().putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream");
    }

    private static boolean accepts(@Nullable String accept) {
        return accept == null
                || accept.isBlank()
                || accept.contains("text/event-stream")
                || accept.contains("*/*")
                || accept.contains("text/*");
    }
}
