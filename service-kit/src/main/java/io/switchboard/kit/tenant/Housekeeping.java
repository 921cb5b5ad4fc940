package io.switchboard.kit.tenant;

import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Does the service's chores in rounds. Within a round the chores take turns, a step each, on one connection; a round ends when no
 * chore has anything left or its time is over, and the next round goes on.
 */
@ApplicationScoped
class Housekeeping {
    private static final Logger LOG = Logger.getLogger(Housekeeping.class);

    private final List<Chore> chores;
    private final TenantSql sql;
    private final Vertx vertx;
    private final Duration every;
    private final Duration slice;
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile boolean stopped;
    private long timer;

    Housekeeping(
            @All List<Chore> chores,
            TenantSql sql,
            Vertx vertx,
            @ConfigProperty(name = "switchboard.housekeeping", defaultValue = "1m") Duration every,
            @ConfigProperty(name = "switchboard.housekeeping.slice", defaultValue = "30s") Duration slice) {
        this.chores = chores;
        this.sql = sql.forWorkers();
        this.vertx = vertx;
        this.every = every;
        this.slice = slice;
    }

    void start(@Observes StartupEvent event) {
        timer = vertx.setPeriodic(every.toMillis(), tick -> startRound());
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
        vertx.cancelTimer(timer);
    }

    private void startRound() {
        if (busy.compareAndSet(false, true)) {
            takeTurn(new ArrayDeque<>(chores), System.nanoTime() + slice.toNanos());
        }
    }

    private void takeTurn(Queue<Chore> due, long end) {
        var chore = due.poll();
        if (chore == null || stopped || System.nanoTime() > end) {
            busy.set(false);
            return;
        }
        var began = System.nanoTime();
        step(chore).subscribe().with(handled -> {
            if (handled > 0) {
                due.add(chore);
            }
            // As long a pause as the step took leaves the database to the requests for half of the time.
            var pause = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
            vertx.setTimer(Math.max(1, pause), next -> takeTurn(due, end));
        });
    }

    /** A step that fails ends its chore's part in this round. */
    private Uni<Integer> step(Chore chore) {
        return sql.crossTenant(chore.statement(), Tuple.tuple())
                .chain(chore::follow)
                .onFailure()
                .invoke(failure -> LOG.warnf("'%s' waits a turn: %s", chore.statement(), failure.getMessage()))
                .onFailure()
                .recoverWithItem(0);
    }
}
