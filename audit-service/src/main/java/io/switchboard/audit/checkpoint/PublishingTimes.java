package io.switchboard.audit.checkpoint;

import io.smallrye.mutiny.Uni;
import io.switchboard.audit.checkpoint.Publisher.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** When it is published: after a while, or as soon as a tree has many records that are not in the journal. After a failure it waits. */
final class PublishingTimes {
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

    private final Publisher publisher;
    private final PublishedTrees published;
    private final InstantSource clock;
    private final Duration every;
    private final int many;
    private Instant due;
    private Instant notBefore = Instant.MIN;
    private volatile Instant complete;
    private int failures;
    private long askAt; // the number of a record up to which no tree can have many

    PublishingTimes(Publisher publisher, PublishedTrees published, InstantSource clock, Duration every, int many) {
        this.publisher = publisher;
        this.published = published;
        this.clock = clock;
        this.every = every;
        this.many = many;
        this.complete = clock.instant();
        this.due = complete; // what a stopped service left
    }

    /** Publishes if it is time to; one call at a time. */
    Uni<Void> look() {
        var now = clock.instant();
        if (now.isBefore(notBefore)) {
            return Uni.createFrom().voidItem();
        }
        return (now.isBefore(due) ? hasMany() : Uni.createFrom().item(true))
                .chain(isTime -> isTime ? publish(now) : Uni.createFrom().voidItem())
                .onFailure()
                .invoke(failure -> {
                    failures++;
                    notBefore = clock.instant().plus(AFTER_FAILURE);
                });
    }

    /** In a row. */
    int failures() {
        return failures;
    }

    /** Everything that was sealed this long ago is in the journal. */
    Duration age() {
        return Duration.between(complete, clock.instant());
    }

    /** While a tree is broken it would have many at every look. */
    private Uni<Boolean> hasMany() {
        if (publisher.broken() > 0) {
            return Uni.createFrom().item(false);
        }
        return published.backlog(askAt).map(backlog -> {
            var most = backlog.most();
            if (most == null || most >= many) {
                return most != null;
            }
            askAt = backlog.upToNo() + many - most;
            return false;
        });
    }

    private Uni<Void> publish(Instant began) {
        return publisher.publish().invoke(outcome -> ended(outcome, began)).replaceWithVoid();
    }

    private void ended(Outcome outcome, Instant began) {
        failures = 0;
        if (outcome == Outcome.COMPLETE) {
            complete = began;
        }
        if (outcome == Outcome.COMPLETE || outcome == Outcome.BROKEN) {
            due = began.plus(every);
        }
    }
}
