package io.switchboard.kit.tenant;

import io.smallrye.mutiny.Uni;

/**
 * Keeps work going when the client hangs up. A cancelled {@code Uni} leaks its pool connection until the service hangs
 * (quarkusio/quarkus#51576), so cancellation stops here.
 */
public final class Uncancellable {
    private Uncancellable() {}

    /** Completes the work even if the subscriber cancels. */
    public static <T> Uni<T> run(Uni<T> work) {
        return Uni.createFrom().emitter(emitter -> work.subscribe().with(emitter::complete, emitter::fail));
    }
}
