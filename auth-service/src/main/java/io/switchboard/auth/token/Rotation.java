package io.switchboard.auth.token;

import io.switchboard.auth.token.SigningKey.State;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Which steps the signing keys need at a moment. The next key is published before it signs, so that every cache of the
 * suite has it by then, and an old one stays published until its last token has expired, with twice that life to spare.
 *
 * @param every how long a key signs
 * @param ahead how long before it signs a key is published
 */
record Rotation(Duration every, Duration ahead) {
    /** How long an access token lives. */
    static final Duration TOKEN_LIFE = Duration.ofMinutes(5);

    sealed interface Step {
        /** A key is needed that signs from then on. */
        record Make(State state, OffsetDateTime signsFrom) implements Step {}

        record Retire(UUID id, OffsetDateTime publishedUntil) implements Step {}

        record Activate(UUID id) implements Step {}

        record Forget(UUID id) implements Step {}
    }

    /** In the order in which they are to be taken; empty if no key needs one. */
    List<Step> steps(List<SigningKey> keys, OffsetDateTime now) {
        var steps = new ArrayList<Step>();
        var active = in(State.active, keys);
        var next = in(State.next, keys);
        if (next.isPresent() && (active.isEmpty() || !next.get().signsFrom().isAfter(now))) {
            active.ifPresent(key -> steps.add(new Step.Retire(key.id(), now.plus(TOKEN_LIFE.multipliedBy(3)))));
            steps.add(new Step.Activate(next.get().id()));
        } else if (active.isEmpty()) {
            steps.add(new Step.Make(State.active, now));
        } else if (next.isEmpty() && !active.get().signsFrom().plus(every).isAfter(now.plus(ahead))) {
            steps.add(new Step.Make(State.next, now.plus(ahead)));
        }
        keys.stream()
                .filter(key ->
                        key.publishedUntil() != null && key.publishedUntil().isBefore(now))
                .forEach(key -> steps.add(new Step.Forget(key.id())));
        return steps;
    }

    private static Optional<SigningKey> in(State state, List<SigningKey> keys) {
        return keys.stream().filter(key -> key.state() == state).findFirst();
    }
}
