package io.switchboard.local;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** How long the suite's tests wait for what happens by itself: long enough for a busy machine, and no measure of speed. */
final class Patience {
    private Patience() {}

    /** Goes on while a service that is being started again refuses. */
    static ConditionFactory await(String what) {
        return Awaitility.await(what)
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptionsInstanceOf(Refusal.class);
    }
}
