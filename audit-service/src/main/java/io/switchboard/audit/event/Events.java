package io.switchboard.audit.event;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.id.UuidV7;
import io.switchboard.kit.outbox.AuditEvent;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.TenantSql;
import io.switchboard.kit.tenant.Uncancellable;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Records events, each once even if it is sent again. The only way into the log. */
@ApplicationScoped
public class Events {
    private static final String RECORD = "select index, verdict from record_events(convert_from($1, 'UTF8')::jsonb)";

    private static final String RECORD_OWN = "select from record_events(jsonb_build_array(audit_event($1, $2, $3)))";

    private static final String RECORD_TWICE =
            "select from record_events(jsonb_build_array(audit_event($1, $2, $3), audit_event($4, $5, $6)))";

    private final TenantSql sql;
    private final WorkerExecutor readers;
    private final Semaphore room;

    Events(
            TenantSql sql,
            Vertx vertx,
            @ConfigProperty(name = "switchboard.audit.batches", defaultValue = "2") int batches) {
        this.sql = sql;
        this.room = new Semaphore(batches);
        // One for each core: reading never waits, and each holds a slice in memory.
        this.readers =
                vertx.createSharedWorkerExecutor("events", Runtime.getRuntime().availableProcessors());
    }

    /**
     * Records the valid events of a batch. Fails with {@code malformed_json}, {@code malformed_encoding}, {@code too_many_events} or
     * {@code body_too_large}, and then records nothing; with {@code unavailable}, before it reads the body, if as many batches are
     * being recorded as memory allows.
     *
     * @param sender the service that the events must name
     */
    Uni<BatchResult> take(Body body, String sender) {
        if (!room.tryAcquire()) {
            return Uni.createFrom().failure(Problem.unavailable(1));
        }
        return Uncancellable.run(offLoop(() -> RecordBatch.of(body, sender))
                .chain(batch -> record(batch).onTermination().invoke(batch::close))
                .onTermination()
                .invoke(() -> room.release()));
    }

    /** Records an event of this service itself. */
    public Uni<Void> record(CallerContext caller, AuditEvent event) {
        return record(caller, UuidV7.next(), event);
    }

    /** Records an event of this service itself under the id. */
    public Uni<Void> record(CallerContext caller, UUID id, AuditEvent event) {
        return sql.call(caller, RECORD_OWN, Tuple.of(id, caller.orgId(), event.json()))
                .replaceWithVoid();
    }

    /** An event of this service itself, and another one in the log of another organization: both or neither. */
    public Uni<Void> record(
            CallerContext caller, UUID id, AuditEvent event, UUID otherOrg, UUID otherId, AuditEvent there) {
        return sql.call(
                        caller,
                        RECORD_TWICE,
                        Tuple.of(id, caller.orgId(), event.json(), otherId, otherOrg, there.json()))
                .replaceWithVoid();
    }

    private Uni<BatchResult> record(RecordBatch batch) {
        return offLoop(batch::nextSlice)
                .call(slice -> insert(slice).invoke(verdicts -> batch.noteRecorded(slice, verdicts)))
                .chain(slice -> slice.isLast() ? Uni.createFrom().item(batch::result) : record(batch));
    }

    private Uni<Map<Integer, String>> insert(BodySlice slice) {
        return slice.places().isEmpty()
                ? Uni.createFrom().item(Map.of())
                : sql.crossTenant(RECORD, Tuple.of(slice.events())).map(Events::verdicts);
    }

    private <T> Uni<T> offLoop(Callable<T> work) {
        return Uni.createFrom()
                .completionStage(() -> readers.executeBlocking(work, false).toCompletionStage());
    }

    private static Map<Integer, String> verdicts(RowSet<Row> rows) {
        var verdicts = new HashMap<Integer, String>();
        rows.forEach(row -> verdicts.put(row.getInteger("index"), row.getString("verdict")));
        return verdicts;
    }
}
