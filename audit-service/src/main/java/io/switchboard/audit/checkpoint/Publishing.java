package io.switchboard.audit.checkpoint;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.switchboard.audit.store.AuditStore;
import io.switchboard.kit.text.CleanText;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Publishes all the time, and shows by metrics whether that succeeds. */
@ApplicationScoped
class Publishing {
    private static final Logger LOG = Logger.getLogger(Publishing.class);
    private static final int LOG_EVERY = 12;

    /** Unlike the wall clock it is never set back, which would put off what is due. */
    private static final InstantSource STEADY = () -> Instant.EPOCH.plusNanos(System.nanoTime());

    private final Publisher publisher;
    private final PublishingTimes times;
    private final boolean isConfigured;
    private final Counter failures;
    private volatile boolean stopped;

    Publishing(
            Publisher publisher,
            PublishedTrees published,
            SigningKeys keys,
            AuditStore store,
            MeterRegistry meters,
            @ConfigProperty(name = "switchboard.audit.journal.every", defaultValue = "60s") Duration every,
            @ConfigProperty(name = "switchboard.audit.journal.records", defaultValue = "1000") int many) {
        this.publisher = publisher;
        this.times = new PublishingTimes(publisher, published, STEADY, every, many);
        this.isConfigured = keys.isConfigured() && store.isConfigured();
        this.failures = meters.counter("switchboard.audit.journal.failures");
    }

    void start(@Observes StartupEvent event, MeterRegistry meters) {
        if (isConfigured) {
            Gauge.builder(
                            "switchboard.audit.journal.age",
                            times,
                            all -> all.age().toMillis() / 1000.0)
                    .baseUnit("seconds")
                    .register(meters);
            meters.gauge("switchboard.audit.journal.broken", publisher, Publisher::broken);
        } else {
            LOG.warn(
                    "SWITCHBOARD_AUDIT_STORE or SWITCHBOARD_AUDIT_SIGNING_KEY is not set: no checkpoint leaves the database.");
        }
    }

    @Scheduled(every = "${switchboard.audit.journal.look:1s}", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> look() {
        return stopped || !isConfigured
                ? Uni.createFrom().voidItem()
                : times.look().onFailure().invoke(this::tell).onFailure().recoverWithNull();
    }

    void stop(@Observes ShutdownDelayInitiatedEvent event) {
        stopped = true;
    }

    /** The first of several in a row, and then each minute. */
    private void tell(Throwable failure) {
        failures.increment();
        if (times.failures() % LOG_EVERY == 1) {
            LOG.warnf("The journal waits (try %d): %s", times.failures(), CleanText.line(failure.getMessage()));
        }
    }
}
