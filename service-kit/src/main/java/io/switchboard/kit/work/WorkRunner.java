package io.switchboard.kit.work;

import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.StartupEvent;
import io.switchboard.kit.signal.PgNotifications;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Keeps one {@link WorkLoop} going for each {@link WorkHandler}. */
@ApplicationScoped
class WorkRunner {
    private final PgNotifications notifications;
    private final Vertx vertx;
    private final List<WorkLoop> loops;
    private final long graceMillis;

    WorkRunner(
            @All List<WorkHandler> handlers,
            PgNotifications notifications,
            TenantSql sql,
            Vertx vertx,
            @ConfigProperty(name = "quarkus.application.name") String service,
            @ConfigProperty(name = "switchboard.work.lease", defaultValue = "30s") Duration lease,
            @ConfigProperty(name = "switchboard.work.poll", defaultValue = "1s") Duration poll,
            @ConfigProperty(name = "switchboard.shutdown.delay", defaultValue = "5s") Duration delay) {
        this.notifications = notifications;
        this.vertx = vertx;
        this.graceMillis = Math.max(1, delay.toMillis() / 2);
        this.loops = handlers.stream()
                .map(handler -> new WorkLoop(vertx, sql, handler, service, lease, poll))
                .toList();
    }

    void start(@Observes StartupEvent event) {
        loops.forEach(WorkLoop::start);
        notifications.listen(WorkQueue.NAME, () -> loops.forEach(WorkLoop::wake));
    }

    /** Running pieces have half of the shutdown delay to end; other replicas continue the rest. */
    void stop(@Observes ShutdownDelayInitiatedEvent event) {
        loops.forEach(WorkLoop::stop);
        vertx.setTimer(graceMillis, end -> loops.forEach(WorkLoop::abandon));
    }
}
