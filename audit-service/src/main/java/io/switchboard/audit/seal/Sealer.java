package io.switchboard.audit.seal;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.switchboard.kit.tenant.LongJobs;
import io.switchboard.kit.text.CleanText;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.security.SecureRandom;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Seals what was recorded, each second. One replica at a time does it; a round that fails or whose replica ends has done nothing,
 * and the next one does it.
 */
@ApplicationScoped
class Sealer {
    private static final Logger LOG = Logger.getLogger(Sealer.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int LOG_EVERY = 60;

    private final LongJobs jobs;
    private final Counter sealed;
    private final SecureRandom random = new SecureRandom();
    private volatile boolean stopped;
    private volatile int failures; // in a row; of one round at a time

    Sealer(LongJobs jobs, MeterRegistry registry) {
        this.jobs = jobs;
        this.sealed = Counter.builder("switchboard.audit.sealed")
                .description("Records that this replica has sealed")
                .register(registry);
    }

    @Scheduled(every = "${switchboard.audit.sealing:1s}", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> sealNew() {
        return Uni.createFrom()
                .deferred(this::round)
                .repeat()
                .until(isLast -> stopped || isLast)
                .collect()
                .last()
                .replaceWithVoid()
                .invoke(() -> failures = 0)
                .onFailure()
                .invoke(this::tell)
                .onFailure()
                .recoverWithNull();
    }

    /** The first of several in a row, and then each minute. */
    private void tell(Throwable failure) {
        int before = failures;
        failures = before + 1;
        if (before % LOG_EVERY == 0) {
            LOG.warnf(
                    "Sealing is tried again in a second (try %d): %s", failures, CleanText.line(failure.getMessage()));
        }
    }

    void stop(@Observes ShutdownDelayInitiatedEvent event) {
        stopped = true;
    }

    /** Whether there is nothing left to do; also if another replica does it. */
    private Uni<Boolean> round() {
        return jobs.runOnce(
                        "seal", sql -> new SealRound(sql, Infrastructure.getDefaultExecutor(), random).run(), TIMEOUT)
                .map(this::isLast);
    }

    private boolean isLast(SealRound.@Nullable Result result) {
        if (result == null) {
            return true;
        }
        sealed.increment(result.sealed());
        return result.isLast();
    }
}
