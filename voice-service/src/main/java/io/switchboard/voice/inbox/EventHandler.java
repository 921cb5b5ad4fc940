package io.switchboard.voice.inbox;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.peer.PeerAway;
import io.switchboard.kit.tenant.Statements;

/**
 * Knows what events are about. The inbox calls it with claimed events, and keeps their leases, retries and dead letters
 * itself.
 */
public interface EventHandler {
    /** Fetches what the events need from elsewhere, before their transaction opens. Answers what to do in it. */
    Uni<Application> prepare(Claim claim);

    /**
     * Sends effects to other services, after the commit. Answers what to write when the event is finished. Fails with
     * {@link PeerAway} when they should be sent later.
     *
     * @param effects as the outcome had them
     */
    Uni<Changes> send(Claim claim, String effects);

    /** The handler's part of the transaction in which events are worked on. */
    @FunctionalInterface
    interface Application {
        /**
         * Fails with {@link BeginAnew} if the transaction has to begin again; then it is asked again.
         *
         * @param batch locks the events; the handler's own reads run beside it, in one round trip
         */
        Uni<EventOutcome> apply(Statements statements, Uni<EventBatch> batch);
    }

    /** Changes of the handler's own rows, written in one transaction with the events'. */
    @FunctionalInterface
    interface Changes {
        Changes NONE = statements -> Uni.createFrom().voidItem();

        Uni<Void> write(Statements statements);
    }
}
