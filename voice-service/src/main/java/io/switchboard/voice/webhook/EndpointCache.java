package io.switchboard.voice.webhook;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.quarkus.runtime.StartupEvent;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.secret.RowCipher;
import io.switchboard.kit.signal.PgNotifications;
import io.switchboard.kit.tenant.TenantSql;
import io.switchboard.voice.signature.EndpointOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Endpoints of recent deliveries, good for seconds so that a delivery costs no query, and kept for longer than the database may
 * be away. Unknown ids are kept too, in a cache of their own, and few look-ups run at once: a flood of made-up ids displaces no
 * endpoint.
 */
@ApplicationScoped
class EndpointCache {
    private static final String QUEUE = "webhook-endpoints";
    private static final String RESOLVE =
            "select org_id, provider, secret, previous_secret, previous_valid_until, options"
                    + " from resolve_webhook_endpoint($1)";
    private static final Duration KEPT = Duration.ofSeconds(5);
    private static final long FRESH_NANOS = KEPT.toNanos();
    /** After this time a second look costs a query, for known and unknown ids alike, so that the duration tells nothing. */
    private static final Duration JUST_FOUND = Duration.ofSeconds(1);

    /** How long a delivery waits for news of an endpoint that is kept; then the secret that is kept decides. */
    private static final int MOST_WAIT_MILLIS = 250;

    private static final int MOST_KEPT = 10_000;
    private static final int MOST_ASKED = 64;

    private final TenantSql sql;
    private final RowCipher cipher;
    private final PgNotifications signals;
    private final Vertx vertx;
    private final Cache<UUID, CachedEndpoint> known = Caffeine.newBuilder()
            .maximumSize(MOST_KEPT)
            .expireAfterWrite(Duration.ofHours(24))
            .executor(Runnable::run) // its housekeeping is a few steps: no thread is worth waking for that
            .build();
    private final Cache<UUID, Boolean> unknown = Caffeine.newBuilder()
            .maximumSize(MOST_KEPT)
            .expireAfterWrite(JUST_FOUND)
            .build();
    /** By {@link System#nanoTime}: what was found before is asked for again first. */
    private volatile long staleBefore = System.nanoTime();

    private final Map<UUID, Future<@Nullable CachedEndpoint>> asked = new ConcurrentHashMap<>();

    EndpointCache(TenantSql sql, RowCipher cipher, PgNotifications signals, Vertx vertx) {
        this.sql = sql;
        this.cipher = cipher;
        this.signals = signals;
        this.vertx = vertx;
    }

    void start(@Observes StartupEvent event) {
        signals.listen(QUEUE, this::forget);
    }

    /**
     * Null when there is none. Fails with {@code unavailable} while too many unknown ids are looked up, and where the database is away
     * and nothing is kept.
     */
    Future<@Nullable CachedEndpoint> find(UUID id) {
        var endpoint = known.getIfPresent(id);
        if (endpoint != null && isFresh(endpoint)) {
            return Future.succeededFuture(endpoint);
        }
        if (unknown.getIfPresent(id) != null) {
            return Future.succeededFuture();
        }
        if (endpoint != null) {
            return orKept(lookUp(id), endpoint);
        }
        return asked.size() >= MOST_ASKED ? Future.failedFuture(Problem.unavailable(1)) : lookUp(id);
    }

    private boolean isFresh(CachedEndpoint endpoint) {
        return !endpoint.isOlderThan(FRESH_NANOS) && endpoint.foundAt() - staleBefore > 0;
    }

    /** While the database is away, calls are still answered. */
    private Future<@Nullable CachedEndpoint> orKept(Future<@Nullable CachedEndpoint> news, CachedEndpoint kept) {
        var found = Promise.<@Nullable CachedEndpoint>promise();
        var timer = vertx.setTimer(MOST_WAIT_MILLIS, late -> found.tryComplete(kept));
        news.onComplete(found::tryComplete, away -> found.tryComplete(kept));
        return found.future().onComplete(end -> vertx.cancelTimer(timer));
    }

    /** Reads it again, for a signature that does not match: the secret may be new. At most once a second. */
    Future<@Nullable CachedEndpoint> refresh(CachedEndpoint endpoint) {
        return endpoint.isOlderThan(JUST_FOUND.toNanos()) ? lookUp(endpoint.id()) : Future.succeededFuture(endpoint);
    }

    /** To be called after a change of an endpoint has committed: here at once, in other replicas by notification. */
    void invalidate(UUID id) {
        known.invalidate(id);
        unknown.invalidate(id);
        signals.send(QUEUE);
    }

    /** Another replica has changed some endpoint; which one, only the database tells. */
    void forget() {
        staleBefore = System.nanoTime();
        unknown.invalidateAll();
    }

    private Future<@Nullable CachedEndpoint> lookUp(UUID id) {
        var running = asked.get(id);
        if (running != null) {
            return running;
        }
        var promise = Promise.<@Nullable CachedEndpoint>promise();
        asked.put(id, promise.future());
        sql.crossTenant(RESOLVE, Tuple.of(id))
                .map(rows -> remember(id, rows))
                .onTermination()
                .invoke(() -> asked.remove(id))
                .subscribe()
                .with(promise::complete, promise::fail);
        return promise.future();
    }

    private @Nullable CachedEndpoint remember(UUID id, RowSet<Row> rows) {
        if (!rows.iterator().hasNext()) {
            known.invalidate(id);
            unknown.put(id, true);
            return null;
        }
        var endpoint = open(id, rows.iterator().next());
        known.put(id, endpoint);
        return endpoint;
    }

    private CachedEndpoint open(UUID id, Row row) {
        var orgId = row.getUUID("org_id");
        var previous = row.getBuffer("previous_secret");
        OffsetDateTime until = row.getOffsetDateTime("previous_valid_until");
        return new CachedEndpoint(
                id,
                orgId,
                row.getString("provider"),
                cipher.open(row.getBuffer("secret").getBytes(), orgId, WebhookEndpoint.TABLE, id),
                previous == null ? null : cipher.open(previous.getBytes(), orgId, WebhookEndpoint.TABLE, id),
                until == null ? null : until.toInstant(),
                new EndpointOptions(row.getJsonObject("options").getMap()),
                System.nanoTime());
    }
}
