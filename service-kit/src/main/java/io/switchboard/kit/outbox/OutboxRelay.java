package io.switchboard.kit.outbox;

import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.StartupEvent;
import io.switchboard.kit.signal.Signals;
import io.switchboard.kit.tenant.Committed;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Keeps one worker a receiver going in every replica, and tells them when something has been put into the outbox. */
@ApplicationScoped
public class OutboxRelay {
    private static final String QUEUE = "outbox";

    private final Signals signals;
    private final List<OutboxWorker> workers;
    private final boolean enabled;

    OutboxRelay(
            @All List<Courier> couriers,
            Signals signals,
            TenantSql sql,
            Vertx vertx,
            @ConfigProperty(name = "switchboard.outbox.enabled", defaultValue = "true") boolean enabled) {
        this.signals = signals;
        this.enabled = enabled;
        this.workers = couriers.stream()
                .map(courier -> new OutboxWorker(courier, sql, vertx))
                .toList();
    }

    void start(@Observes StartupEvent event) {
        if (enabled) {
            signals.listen(QUEUE, () -> workers.forEach(OutboxWorker::wake));
            workers.forEach(OutboxWorker::start);
        }
    }

    void stop(@Observes ShutdownDelayInitiatedEvent event) {
        workers.forEach(OutboxWorker::stop);
    }

    void committed(@Observes Committed commit) {
        owes();
    }

    /** To be called when {@link TenantSql#across} has written into the outbox; other commits tell by themselves. */
    public void owes() {
        signals.send(QUEUE);
    }
}
