package io.switchboard.audit.checkpoint;

import io.smallrye.mutiny.Uni;
import io.switchboard.audit.checkpoint.PublishedTrees.Lease;
import io.switchboard.audit.store.AuditStore;
import io.switchboard.audit.store.ObjectStore;
import io.switchboard.kit.id.UuidV7;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Publishes: signs checkpoints of the trees that have grown, puts them into the journal with the new leaf hashes, and only then notes
 * in the database that they are there. One replica at a time by a lease, one round at a time.
 */
@ApplicationScoped
public class Publisher {
    private static final Logger LOG = Logger.getLogger(Publisher.class);
    private static final int MOST_OBJECTS = 50; // of a round; what is left comes with the next

    private final PublishedTrees published;
    private final SigningKeys keys;
    private final Supplier<ObjectStore> store;
    private final InstantSource clock;
    private final WorkerExecutor worker;
    private final UUID replica = UuidV7.next();
    private volatile Set<UUID> broken = Set.of();

    /** Put, or perhaps not, and not noted: it is put again under its name, so that it is there once whatever has happened. */
    private volatile @Nullable JournalObject unsettled;

    @Inject
    Publisher(PublishedTrees published, SigningKeys keys, AuditStore store, Vertx vertx) {
        this(published, keys, store::open, InstantSource.system(), vertx);
    }

    Publisher(
            PublishedTrees published, SigningKeys keys, Supplier<ObjectStore> store, InstantSource clock, Vertx vertx) {
        this.published = published;
        this.keys = keys;
        this.store = store;
        this.clock = clock;
        this.worker = vertx.createSharedWorkerExecutor("journal", 1); // signing and the store block
    }

    /** How a round ended. */
    public enum Outcome {
        /** The journal has all that was sealed before. */
        COMPLETE,
        /** All but the trees that do not add up. */
        BROKEN,
        /** There may be more than a round takes. */
        MORE,
        /** Another replica publishes. */
        ELSEWHERE
    }

    public Uni<Outcome> publish() {
        return publishRest(MOST_OBJECTS, new HashSet<>());
    }

    /** Trees that did not add up in the latest round. */
    int broken() {
        return broken.size();
    }

    private Uni<Outcome> publishRest(int objects, Set<UUID> refused) {
        if (objects == 0) {
            return end(Outcome.MORE, refused);
        }
        return published.lease(replica).chain(lease -> {
            if (lease != Lease.KEPT) {
                unsettled = null; // another replica may have published the same
            }
            return lease == Lease.NONE
                    ? Uni.createFrom().item(Outcome.ELSEWHERE)
                    : next(refused).chain(object -> settle(object, objects, refused));
        });
    }

    /** Null if nothing is left. */
    private Uni<@Nullable JournalObject> next(Set<UUID> refused) {
        return unsettled != null
                ? Uni.createFrom().item(unsettled)
                : published
                        .unpublished(refused)
                        .chain(trees -> trees.isEmpty()
                                ? Uni.createFrom().nullItem()
                                : onWorker(() -> JournalObject.of(trees, keys, clock.instant())));
    }

    private Uni<Outcome> settle(@Nullable JournalObject object, int objects, Set<UUID> refused) {
        if (object == null) {
            return end(refused.isEmpty() ? Outcome.COMPLETE : Outcome.BROKEN, refused);
        }
        object.broken().stream().filter(refused::add).forEach(Publisher::tell);
        return put(object).chain(() -> publishRest(objects - 1, refused));
    }

    private Uni<Outcome> end(Outcome outcome, Set<UUID> refused) {
        broken = Set.copyOf(refused);
        return published.release(replica).replaceWith(outcome);
    }

    private static void tell(UUID org) {
        LOG.errorf(
                "The tree of organization %s does not add up: its blocks were changed behind the service's back. No"
                        + " checkpoint of it is signed.",
                org);
    }

    private Uni<Void> put(JournalObject object) {
        if (object.trees().isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        unsettled = object;
        return onWorker(() -> stored(object))
                .chain(() -> published.mark(object.trees()))
                .invoke(marked -> unsettled = null)
                .replaceWithVoid();
    }

    /** Read back: what the store says is not what it holds. */
    private boolean stored(JournalObject object) {
        var open = store.get();
        var isNew = open.putIfAbsent(object.name(), object.content());
        if (!Arrays.equals(object.content(), open.get(object.name()))) {
            unsettled = null; // its name is spoilt
            throw new IllegalStateException("The store does not hold " + object.name() + " as it was put there.");
        }
        return isNew;
    }

    private <T> Uni<T> onWorker(Callable<T> work) {
        return Uni.createFrom()
                .completionStage(() -> worker.executeBlocking(work, false).toCompletionStage());
    }
}
