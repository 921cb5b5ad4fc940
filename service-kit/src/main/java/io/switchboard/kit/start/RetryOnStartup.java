package io.switchboard.kit.start;

import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Runs a task once at startup, and again until it succeeds, since the database may not be reachable yet. */
@ApplicationScoped
public class RetryOnStartup {
    private static final Logger LOG = Logger.getLogger(RetryOnStartup.class);

    private final Vertx vertx;
    private final Duration pause;
    private volatile boolean stopped;

    public RetryOnStartup(
            Vertx vertx, @ConfigProperty(name = "switchboard.start-retry", defaultValue = "1s") Duration pause) {
        this.vertx = vertx;
        this.pause = pause;
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
    }

    /** @param what begins a sentence of the log */
    public void run(String what, Supplier<Uni<Void>> work) {
        if (!stopped) {
            Uni.createFrom().deferred(work::get).subscribe().with(done -> {}, failure -> again(what, work, failure));
        }
    }

    private void again(String what, Supplier<Uni<Void>> work, Throwable failure) {
        LOG.warnf("%s will be tried again: %s", what, failure.getMessage());
        vertx.setTimer(pause.toMillis(), timer -> run(what, work));
    }
}
