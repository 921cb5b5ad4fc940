package io.switchboard.kit.outbox;

import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.StartupEvent;
import io.switchboard.kit.signal.PgNotifications;
import io.switchboard.kit.tenant.Committed;
import io.switchboard.kit.tenant.TenantSql;
import io.switchboard.kit.work.ClaimLoop;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Runs one loop for each receiver in every replica, and wakes them after a commit. */
@ApplicationScoped
public class OutboxRelay {
    /** The queue that is notified after every commit that may have changed rows; with a receiver's name, if it is owed any. */
    public static final String COMMITS = "commits";

    private static final String NOTIFY = "select notify_commit($1, $2)";

    private static final Duration POLL = Duration.ofSeconds(1);

    private final PgNotifications notifications;
    private final Map<String, ClaimLoop<?>> loops;
    private final boolean enabled;

    OutboxRelay(
            @All List<OutboxSender> senders,
            PgNotifications notifications,
            TenantSql sql,
            Vertx vertx,
            @ConfigProperty(name = "switchboard.outbox.enabled", defaultValue = "true") boolean enabled) {
        this.notifications = notifications;
        this.enabled = enabled;
        this.loops = senders.stream()
                .collect(Collectors.toMap(
                        OutboxSender::destination,
                        sender -> new ClaimLoop<>(vertx, new OutboxWorker(sender, sql), 1, 1, POLL)));
    }

    void start(@Observes StartupEvent event) {
        if (enabled) {
            loops.values().forEach(ClaimLoop::start);
            loops.forEach((receiver, loop) -> notifications.listen(COMMITS + ' ' + receiver, loop::wake));
        }
    }

    void stop(@Observes ShutdownDelayInitiatedEvent event) {
        loops.values().forEach(ClaimLoop::stop);
    }

    /** After {@link TenantSql#crossTenant} there is no such event: its rows wait for the next poll. */
    void wakeAll(@Observes Committed commit) {
        if (enabled) { // else the schema has no outbox, nor what looks into it
            notifications.send(COMMITS, NOTIFY);
        }
    }
}
