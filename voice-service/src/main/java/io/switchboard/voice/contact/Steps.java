package io.switchboard.voice.contact;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.problem.Problem;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Work in steps, each a transaction, while a caller waits. What is not done after 1.5 s fails with {@code unavailable}: the caller asks
 * again, and the work goes on where it was.
 */
final class Steps {
    private final long end = System.nanoTime() + Duration.ofMillis(1_500).toNanos();

    /** What a step has done, and whether another one may find more. */
    record Step(int done, boolean isMore) {}

    /** Repeats the step until nothing is left. Answers how much was done. */
    Uni<Integer> run(Supplier<Uni<Step>> step) {
        return step.get().chain(made -> {
            if (!made.isMore()) {
                return Uni.createFrom().item(made.done());
            }
            return System.nanoTime() > end
                    ? Uni.createFrom().failure(Problem.unavailable(1))
                    : run(step).map(rest -> made.done() + rest);
        });
    }
}
