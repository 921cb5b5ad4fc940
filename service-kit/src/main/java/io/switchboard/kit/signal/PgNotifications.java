package io.switchboard.kit.signal;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.NonBlocking;
import io.switchboard.kit.secret.Secret;
import io.switchboard.kit.tenant.DatabaseConnections;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Tuple;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Wakes the workers of every replica. A notification is sent after the commit and at most every 50 ms for each queue, since NOTIFY
 * inside a busy transaction serialises all commits; a lost one costs the workers' polling interval.
 */
@ApplicationScoped
public class PgNotifications {
    private static final Logger LOG = Logger.getLogger(PgNotifications.class);
    private static final int QUIET_MILLIS = 50;
    private static final int RECONNECT_MILLIS = 1_000;

    /** Its commit waits for no disk: after a crash there is nothing to be woken. */
    private static final String NOTIFY = "select set_config('synchronous_commit', 'off', true), pg_notify($1, $2)";

    /** Before the sender's id, in what only others are to hear. */
    private static final char TO_OTHERS = '/';

    private final Vertx vertx;
    private final TenantSql sql;
    private final String channel;
    private final DatabaseConnections connections;
    private final PgConnectOptions address;
    private final String self = TO_OTHERS + UUID.randomUUID().toString();
    private final Map<String, List<Runnable>> listeners = new ConcurrentHashMap<>();
    private final Set<String> pending = ConcurrentHashMap.newKeySet();
    private volatile @Nullable PgConnection connection;
    private volatile boolean stopped;

    PgNotifications(
            Vertx vertx,
            TenantSql sql,
            DatabaseConnections connections,
            @ConfigProperty(name = "switchboard.schema") String schema,
            @ConfigProperty(name = "switchboard.db.direct-url") String url,
            @ConfigProperty(name = "switchboard.db.password") Secret password) {
        this.vertx = vertx;
        this.sql = sql.forWorkers();
        this.channel = "switchboard_" + schema;
        this.connections = connections;
        this.address = PgConnectOptions.fromUri(url).setUser(schema + "_app").setPassword(password.reveal());
    }

    void start(@Observes @Priority(1) StartupEvent event) {
        connect();
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
        var open = connection;
        if (open != null) {
            open.close();
        }
    }

    public void listen(String queue, Runnable wake) {
        listeners.computeIfAbsent(queue, key -> new CopyOnWriteArrayList<>()).add(wake);
    }

    /** Call it after the commit of the transaction that made the work. */
    public void send(String queue) {
        send(queue, NOTIFY);
    }

    /** As {@link #send}, if this replica's workers are woken already. */
    public void sendToOthers(String queue) {
        send(queue + self, NOTIFY);
    }

    /** @param statement that notifies, of the channel and the queue: for what the database knows better */
    public void send(String queue, String statement) {
        if (pending.add(queue)) {
            vertx.setTimer(QUIET_MILLIS, timer -> {
                pending.remove(queue);
                sql.crossTenant(statement, Tuple.of(channel, queue))
                        .subscribe()
                        .with(
                                sent -> {},
                                failure ->
                                        LOG.debugf("Notification of %s was not sent: %s", queue, failure.getMessage()));
            });
        }
    }

    private void connect() {
        if (!stopped) {
            connections.connect(vertx, address).onSuccess(this::listen).onFailure(failure -> connectLater());
        }
    }

    private void connectLater() {
        vertx.setTimer(RECONNECT_MILLIS, timer -> connect());
    }

    private void listen(PgConnection made) {
        made.notificationHandler(notification -> heard(notification.getPayload()));
        made.closeHandler(closed -> {
            connection = null;
            connectLater();
        });
        made.query("listen " + channel)
                .execute()
                .onSuccess(listening -> {
                    connection = made;
                    listeners.keySet().forEach(this::wake); // what was sent before is lost
                })
                .onFailure(failure -> made.close());
    }

    private void heard(String payload) {
        if (!payload.endsWith(self)) {
            int end = payload.indexOf(TO_OTHERS);
            wake(end < 0 ? payload : payload.substring(0, end));
        }
    }

    private void wake(String queue) {
        listeners.getOrDefault(queue, List.of()).forEach(Runnable::run);
    }

    /** Without an answer the connection is closed and opened again: nothing else shows that it is lost. */
    @NonBlocking
    @Scheduled(every = "3s", identity = "heartbeat of notifications")
    void beat() {
        var open = connection;
        if (open != null) {
            open.query("select 1").execute();
        }
    }
}
