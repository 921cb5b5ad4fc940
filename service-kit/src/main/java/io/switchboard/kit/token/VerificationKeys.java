package io.switchboard.kit.token;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.security.PublicKey;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The public keys that verify access tokens, in memory: from the service's own schema at start, refreshed every few
 * minutes, and once more when a token names a key that is not known, though at most once in 30 seconds. A key is published
 * 60 seconds or more before it signs: whichever unknown keys were asked for meanwhile, the last look was late enough to see it,
 * or the next one is allowed by then.
 */
@ApplicationScoped
public class VerificationKeys {
    private static final Logger LOG = Logger.getLogger(VerificationKeys.class);
    private static final Duration UNKNOWN_KID_WAIT = Duration.ofSeconds(30);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(2); // requests wait for it

    private final KeySource source;
    private final Vertx vertx;
    private final Duration refresh;
    private volatile Map<String, PublicKey> keys = Map.of();
    private volatile boolean stopped;
    private long nextForUnknown = System.nanoTime();
    private @Nullable CompletableFuture<Void> looking;

    VerificationKeys(
            KeySource source,
            Vertx vertx,
            @ConfigProperty(name = "switchboard.key-refresh", defaultValue = "5m") Duration refresh) {
        this.source = source;
        this.vertx = vertx;
        this.refresh = refresh;
    }

    void start(@Observes StartupEvent event) {
        source.stored()
                .onFailure()
                .recoverWithItem(Map.of())
                .invoke(this::take)
                .chain(this::fetch)
                .subscribe()
                .with(this::scheduleNext, this::scheduleNext);
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
    }

    public boolean any() {
        return !keys.isEmpty();
    }

    @Nullable
    PublicKey known(String kid) {
        return keys.get(kid);
    }

    /**
     * The key after a look at what is published now; null if it is unknown there too, or was asked for too recently. Requests
     * that come during a look wait for that one: a key that has just begun to sign comes in many requests at once.
     */
    synchronized Uni<@Nullable PublicKey> lookUp(String kid) {
        if (looking == null && System.nanoTime() < nextForUnknown) {
            return Uni.createFrom().nullItem();
        }
        var look = looking == null ? look() : looking;
        var found = Uni.createFrom().completionStage(() -> look.thenApply(done -> keys.get(kid)));
        var context = Vertx.currentContext();
        return context == null ? found : found.emitOn(task -> context.runOnContext(there -> task.run()));
    }

    private CompletableFuture<Void> look() {
        var look = new CompletableFuture<Void>();
        looking = look;
        fetch().subscribe().with(done -> finishLook(look, UNKNOWN_KID_WAIT), failure -> finishLook(look, RETRY));
        return look;
    }

    private void finishLook(CompletableFuture<Void> look, Duration wait) {
        synchronized (this) {
            looking = null;
            nextForUnknown = System.nanoTime() + wait.toNanos();
        }
        look.complete(null);
    }

    private Uni<Map<String, PublicKey>> fetch() {
        return source.published()
                .onFailure()
                .recoverWithUni(away ->
                        keys.isEmpty() ? source.stored() : Uni.createFrom().failure(away))
                .ifNoItem()
                .after(LONGEST_LOOK)
                .fail()
                .invoke(this::take);
    }

    private void take(Map<String, PublicKey> found) {
        if (!found.isEmpty()) {
            keys = Map.copyOf(found);
        }
    }

    private void scheduleNext(Object outcome) {
        if (outcome instanceof Throwable failure) {
            logFailure(failure);
        }
        var wait = keys.isEmpty() ? RETRY : refresh;
        vertx.setTimer(wait.toMillis(), timer -> refresh());
    }

    private void refresh() {
        if (!stopped) {
            fetch().subscribe().with(this::scheduleNext, this::scheduleNext);
        }
    }

    private void logFailure(Throwable failure) {
        LOG.debugf("No public keys for now: %s", failure.getMessage());
    }
}
