package io.switchboard.voice.inbox;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.peer.PeerAway;
import io.switchboard.kit.tenant.Statements;
import io.switchboard.kit.tenant.TenantSql;
import io.switchboard.kit.work.Backoff;
import io.switchboard.kit.work.LeaseLost;
import io.switchboard.voice.inbox.EventBatch.Next;
import io.switchboard.voice.inbox.EventHandler.Application;
import io.switchboard.voice.inbox.EventHandler.Changes;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Takes a claimed event to its end: the handler applies it in a transaction, its effects are sent, then it is done. After a
 * failure it is tried again, and after too many it is a dead letter.
 */
@ApplicationScoped
class EventProcessor {
    private static final Logger LOG = Logger.getLogger(EventProcessor.class);
    private static final int MOST_TRIES = 8;
    /** Of a transaction within one try. */
    private static final int MOST_BEGINNINGS = 8;

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
    private static final Duration FIRST_BACK_OFF = Duration.ofMillis(200);
    private static final Duration LAST_BACK_OFF = Duration.ofSeconds(2);
    private static final long LEASE_MILLIS = 25_000;

    private final TenantSql sql;
    private final EventQueue queue;
    private final EventHandler handler;
    private final Vertx vertx;
    private final Backoff retries;
    private final PeerBackoff away = new PeerBackoff();

    EventProcessor(
            TenantSql sql,
            EventQueue queue,
            EventHandler handler,
            Vertx vertx,
            @ConfigProperty(name = "switchboard.webhooks.retry-base", defaultValue = "5s") Duration retryBase) {
        this.sql = sql.forWorkers();
        this.queue = queue;
        this.handler = handler;
        this.vertx = vertx;
        this.retries = new Backoff(retryBase, LONGEST_WAIT);
    }

    /** Tenants whose effects cannot be sent now. */
    Set<UUID> away() {
        return away.away();
    }

    /** @param wake called when postponed effects are due */
    Uni<?> process(Claim claim, Runnable wake) {
        return Uni.createFrom()
                .deferred(() -> effects(claim))
                .chain(effects -> effects == null ? Uni.createFrom().voidItem() : send(claim, effects))
                .onFailure()
                .recoverWithUni(failure -> record(claim, failure, wake));
    }

    /** What is to be sent now. */
    private Uni<@Nullable String> effects(Claim claim) {
        if (claim.applied()) {
            return Uni.createFrom().item(claim.effects());
        }
        var next = away.isAway(claim.orgId()) ? Next.POSTPONED : Next.EFFECTS;
        return handler.prepare(claim).chain(application -> sql.transaction(
                        claim.caller(), statements -> apply(claim, statements, application, next))
                .onFailure(BeginAnew.class)
                .retry()
                .atMost(MOST_BEGINNINGS));
    }

    private static Uni<@Nullable String> apply(
            Claim claim, Statements statements, Application application, Next ifEffects) {
        var batch = EventBatch.lock(statements, claim).memoize().indefinitely();
        return application
                .apply(statements, batch)
                .chain(outcome -> batch.chain(locked -> close(claim, statements, locked, outcome, ifEffects)));
    }

    private static Uni<@Nullable String> close(
            Claim claim, Statements statements, EventBatch batch, EventOutcome outcome, Next ifEffects) {
        if (outcome.unreadable().contains(claim.id())) {
            return batch.deadLetter(outcome.flaw()).replaceWith((String) null);
        }
        var waits = !outcome.effectsAfter().isZero();
        var next = outcome.effects() == null ? Next.DONE : waits ? Next.POSTPONED : ifEffects;
        return Uni.join()
                .all(outcome.changes().write(statements), batch.close(next, outcome))
                .andFailFast()
                .replaceWith(next == Next.EFFECTS ? outcome.effects() : null);
    }

    private Uni<Void> send(Claim claim, String effects) {
        return handler.send(claim, effects)
                .chain(changes -> sql.transaction(claim.caller(), statements -> finish(claim, statements, changes)))
                .invoke(() -> away.answered(claim.orgId()))
                .replaceWithVoid();
    }

    /** In the order in which all lock: the event, its call, the queue. */
    private Uni<?> finish(Claim claim, Statements statements, Changes changes) {
        return changes == Changes.NONE
                ? queue.finish(statements, claim)
                : Uni.join()
                        .all(
                                queue.lock(statements, claim).replaceWithVoid(),
                                changes.write(statements),
                                queue.finish(statements, claim).replaceWithVoid())
                        .andFailFast();
    }

    /** Where the database is what failed, writing this may take a few tries; after that the lease is over anyway. */
    private Uni<Void> record(Claim claim, Throwable failure, Runnable wake) {
        return Uni.createFrom()
                .deferred(() -> outcome(claim, failure, wake).replaceWithVoid())
                .onFailure()
                .retry()
                .withBackOff(FIRST_BACK_OFF, LAST_BACK_OFF)
                .expireIn(LEASE_MILLIS);
    }

    private Uni<?> outcome(Claim claim, Throwable failure, Runnable wake) {
        if (failure instanceof LeaseLost) {
            return Uni.createFrom().voidItem();
        }
        if (failure instanceof PeerAway) {
            var wait = away.failed(claim.orgId());
            vertx.setTimer(Math.max(1, wait.toMillis()), again -> wake.run());
            return queue.postpone(claim);
        }
        LOG.infof(
                "Webhook event %s failed, try %d of %d: %s",
                claim.id(), claim.tries(), MOST_TRIES, EventFault.kind(failure));
        return retryOrDeadLetter(claim, EventFault.of(failure));
    }

    private Uni<?> retryOrDeadLetter(Claim claim, EventFault fault) {
        if (fault.isFinal() && claim.mayHaveFollowers()) {
            return queue.retry(claim, fault.reason(), Duration.ZERO); // alone, as it may be another event's fault
        }
        return fault.isFinal() || claim.tries() >= MOST_TRIES
                ? queue.deadLetter(claim, fault.reason())
                : queue.retry(claim, fault.reason(), retries.after(claim.tries()));
    }
}
