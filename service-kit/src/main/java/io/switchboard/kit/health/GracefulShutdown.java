package io.switchboard.kit.health;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.switchboard.kit.access.AccessFilter;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Leaves without dropping anything: on SIGTERM readiness goes down at once, requests are served for a while longer, since
 * routers hear of it late, and then those at work are waited for. Quarkus' own time-out is not used: in 3.30.6 it always runs
 * to its end (quarkusio/quarkus#51915).
 */
@ApplicationScoped
class GracefulShutdown {
    private static final int LAST = Integer.MAX_VALUE;
    private static final long STEP_MILLIS = 20;

    private final AccessFilter accessFilter;
    private final Duration delay;
    private final Duration longest;
    private volatile boolean begun;

    GracefulShutdown(
            AccessFilter accessFilter,
            @ConfigProperty(name = "switchboard.shutdown.delay", defaultValue = "5s") Duration delay,
            @ConfigProperty(name = "switchboard.shutdown.timeout", defaultValue = "20s") Duration longest) {
        this.accessFilter = accessFilter;
        this.delay = delay;
        this.longest = longest;
    }

    boolean begun() {
        return begun;
    }

    /** Runs on the shutdown thread, after the workers have stopped claiming; nothing else waits for that thread. */
    void leave(@Observes @Priority(LAST) ShutdownDelayInitiatedEvent event) throws InterruptedException {
        begun = true;
        Thread.sleep(delay.toMillis());
        var end = System.nanoTime() + longest.toNanos();
        while (accessFilter.inFlight() > 0 && System.nanoTime() < end) {
            Thread.sleep(STEP_MILLIS);
        }
    }
}
