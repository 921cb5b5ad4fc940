package io.switchboard.auth.token;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.switchboard.auth.token.KeyStore.Snapshot;
import io.switchboard.auth.token.Rotation.Step;
import io.switchboard.auth.token.SigningKey.Pair;
import io.switchboard.auth.token.SigningKey.State;
import io.switchboard.kit.id.UuidV7;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.start.RetryOnStartup;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.work.Offloaded;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The keys in use, the same in every replica: each looks into the database every few seconds, and takes the steps of
 * the {@link Rotation} that are due under a lock there. The very first start makes the first key.
 */
@ApplicationScoped
public class SigningKeys {
    private static final Logger LOG = Logger.getLogger(SigningKeys.class);
    /** Twice the 30 seconds in which a cache may have looked in vain: see VerificationKeys. */
    private static final Duration SOON = Duration.ofSeconds(60);

    private final KeyStore store;
    private final RetryOnStartup retryOnStartup;
    private final Rotation rotation;
    private final CompletableFuture<KeyRing> first = new CompletableFuture<>();
    private volatile @Nullable KeyRing ring;

    SigningKeys(
            KeyStore store,
            RetryOnStartup retryOnStartup,
            @ConfigProperty(name = "switchboard.signing-keys.every", defaultValue = "30d") Duration every,
            @ConfigProperty(name = "switchboard.signing-keys.ahead", defaultValue = "10m") Duration ahead) {
        this.store = store;
        this.retryOnStartup = retryOnStartup;
        this.rotation = new Rotation(every, ahead);
    }

    void start(@Observes StartupEvent event) {
        retryOnStartup.run("Reading the signing keys", this::check);
    }

    /** More often than a key is published ahead. */
    @Scheduled(
            every = "${switchboard.signing-keys.look:15s}",
            delayed = "${switchboard.signing-keys.look:15s}",
            concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> checkAgain() {
        return check().onFailure()
                .invoke(failure -> LOG.warnf("The signing keys could not be read: %s", failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    public boolean ready() {
        return ring != null;
    }

    /** Fails with {@code unavailable} (503) in the first moments of a service that could not reach its database yet. */
    KeyRing ring() {
        var known = ring;
        if (known == null) {
            throw Problem.unavailable(1);
        }
        return known;
    }

    /** As the database has them now. */
    Uni<KeyRing> fresh() {
        // A stage of its own: who gives up waiting must not cancel it for the others.
        return Uni.createFrom()
                .completionStage(() -> first.thenApply(ring -> ring))
                .chain(store::read)
                .map(this::take);
    }

    /** The key that signs next: published at once, and signing as soon as every cache of the suite can have it. */
    Uni<SigningKey> rotate(CallerContext operator) {
        return store.read()
                .chain(found -> found.keys().stream().anyMatch(key -> key.state() == State.next)
                        ? Uni.createFrom().<Pair>nullItem()
                        : generate())
                .chain(pair -> store.expedite(operator, pair, SOON))
                .call(() -> store.read().invoke(this::take));
    }

    private Uni<Void> check() {
        return store.read().chain(this::settle).invoke(this::take).replaceWithVoid();
    }

    /** The keys once the steps that were due are taken, by this replica or another. */
    private Uni<Snapshot> settle(Snapshot found) {
        var steps = rotation.steps(found.keys(), found.now());
        if (steps.isEmpty()) {
            return Uni.createFrom().item(found);
        }
        var pair = steps.stream().anyMatch(Step.Make.class::isInstance)
                ? generate()
                : Uni.createFrom().<Pair>nullItem();
        return pair.chain(made -> store.rotate(rotation, made)).chain(store::read);
    }

    private static Uni<Pair> generate() {
        return Offloaded.on(Infrastructure.getDefaultExecutor(), () -> Pair.generate(UuidV7.next()));
    }

    private KeyRing take(Snapshot found) {
        var active = found.keys().stream()
                .filter(key -> key.state() == State.active)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No signing key is active"));
        var published = found.keys().stream().map(SigningKey::publicKey).toList();
        var before = ring;
        var kid = active.id().toString();
        var privateKey = before != null && before.kid().equals(kid) ? before.privateKey() : store.privateKey(active);
        var taken = new KeyRing(kid, privateKey, published);
        ring = taken;
        first.complete(taken);
        return taken;
    }
}
