package io.switchboard.kit.schedule;

import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Runs the service's clean-ups and stepwise tasks in rounds. Within a round they take turns, a step each, on one connection; a
 * round ends when all tasks are done or its time is over, and the next round continues.
 */
@ApplicationScoped
class TaskRounds {
    private static final Logger LOG = Logger.getLogger(TaskRounds.class);

    private final List<StepwiseTask> tasks;
    private final TenantSql sql;
    private final Vertx vertx;
    private final Duration slice;
    private volatile boolean stopped;

    TaskRounds(
            @All List<CleanUps> cleanUps,
            @All List<StepwiseTask> tasks,
            TenantSql sql,
            Vertx vertx,
            @ConfigProperty(name = "switchboard.housekeeping.slice", defaultValue = "30s") Duration slice) {
        var functions =
                cleanUps.stream().flatMap(each -> each.functions().stream()).map(CleanUp::new);
        this.tasks = Stream.concat(functions, tasks.stream()).toList();
        this.sql = sql.forWorkers();
        this.vertx = vertx;
        this.slice = slice;
    }

    private record CleanUp(String function) implements StepwiseTask {
        @Override
        public String statement() {
            return "select " + function + "()";
        }

        @Override
        public Uni<Integer> follow(RowSet<Row> rows) {
            return Uni.createFrom().item(rows.iterator().next().getInteger(0));
        }
    }

    @Scheduled(
            every = "${switchboard.housekeeping:1m}",
            delayed = "${switchboard.housekeeping:1m}",
            concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> runRound() {
        var due = new ArrayDeque<>(tasks);
        var end = System.nanoTime() + slice.toNanos();
        return Uni.createFrom()
                .deferred(() -> runTurn(due))
                .repeat()
                .whilst(turn -> !stopped && !due.isEmpty() && System.nanoTime() - end < 0)
                .collect()
                .last()
                .replaceWithVoid();
    }

    void stop(@Observes ShutdownDelayInitiatedEvent event) {
        stopped = true;
    }

    private Uni<Long> runTurn(Queue<StepwiseTask> due) {
        var task = due.poll();
        if (task == null || stopped) {
            return Uni.createFrom().item(0L);
        }
        var began = System.nanoTime();
        return runStep(task)
                .invoke(handled -> {
                    if (handled > 0) {
                        due.add(task);
                    }
                })
                .chain(() -> pause(System.nanoTime() - began));
    }

    /** A failed step ends its task's part in this round. */
    private Uni<Integer> runStep(StepwiseTask task) {
        return sql.crossTenant(task.statement(), Tuple.tuple())
                .chain(task::follow)
                .onFailure()
                .invoke(failure ->
                        LOG.warnf("'%s' is tried again next round: %s", task.statement(), failure.getMessage()))
                .onFailure()
                .recoverWithItem(0);
    }

    /** A pause as long as the step leaves the database to the requests for half of the time. */
    private Uni<Long> pause(long nanos) {
        var millis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos));
        return Uni.createFrom().emitter(pause -> vertx.setTimer(millis, pause::complete));
    }
}
