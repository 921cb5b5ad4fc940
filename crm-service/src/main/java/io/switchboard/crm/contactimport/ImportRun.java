package io.switchboard.crm.contactimport;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.switchboard.crm.contactimport.BatchPlan.LeadStep;
import io.switchboard.crm.csv.CsvRows;
import io.switchboard.crm.csv.UnreadableFile;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.Statements;
import io.switchboard.kit.tenant.TenantSql;
import io.switchboard.kit.work.WorkPiece;
import io.switchboard.kit.work.WorkPostponed;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * One try of an import. Rows are read on a worker thread, some at a time; each batch is one transaction together with the counters,
 * so that a lost worker's successor goes on where those are.
 */
final class ImportRun {
    private static final int BATCH = 500;
    private static final int MOST_RACES = 3;

    /** Then other organizations' imports have theirs. */
    private static final long TURN_NANOS = 10_000_000_000L;

    private final ImportJob job;
    private final WorkPiece piece;
    private final CallerContext caller;
    private final TenantSql sql;
    private final BatchStatements contacts;
    private final ImportProgress progress;
    private final Supplier<CsvRows> file;
    private final RowReader reader;
    private CsvRows rows;
    private Set<LeadStep> steps;
    private int processed;
    private int failed;
    private boolean isAtEnd;

    ImportRun(
            ImportJob job,
            WorkPiece piece,
            CallerContext caller,
            TenantSql sql,
            BatchStatements contacts,
            ImportProgress progress,
            Supplier<CsvRows> file,
            RowReader reader) {
        this.job = job;
        this.piece = piece;
        this.caller = caller;
        this.sql = sql;
        this.contacts = contacts;
        this.progress = progress;
        this.file = file;
        this.reader = reader;
        this.processed = job.processed();
        this.failed = job.failed();
    }

    Uni<Void> run() {
        return count().chain(() -> sql.transaction(caller, contacts::steps))
                .invoke(legal -> steps = legal)
                .chain(() -> onWorker(this::open))
                .chain(this::processAll)
                .chain(() -> end(ImportStatus.COMPLETED, List.of()))
                .onFailure(UnreadableFile.class)
                .recoverWithUni(this::endUnreadable);
    }

    private Uni<?> count() {
        return job.total() != null
                ? Uni.createFrom().voidItem()
                : onWorker(() -> file.get().count()).chain(total -> progress.count(caller, job.id(), total));
    }

    private CsvRows open() {
        rows = file.get();
        rows.skip(job.processed());
        return rows;
    }

    private Uni<?> processAll() {
        long began = System.nanoTime();
        return Multi.createBy()
                .repeating()
                .uni(() -> onWorker(this::read)
                        .call(batch -> batch.isEmpty() ? Uni.createFrom().voidItem() : process(batch)))
                .until(batch -> batch.isEmpty() || System.nanoTime() - began > TURN_NANOS)
                .onItem()
                .ignoreAsUni()
                .invoke(() -> {
                    if (!isAtEnd) {
                        throw new WorkPostponed("Other imports have their turn.", Duration.ZERO);
                    }
                });
    }

    private List<ImportRow> read() {
        var batch = rows.next(BATCH).stream().map(reader::read).toList();
        isAtEnd = batch.isEmpty();
        return batch;
    }

    /** A batch that the database refuses is halved, down to the row that it refuses. */
    private Uni<Void> process(List<ImportRow> batch) {
        return Uni.createFrom()
                .deferred(() -> write(batch))
                .onFailure(ImportRun::isRefusal)
                .retry()
                .atMost(MOST_RACES)
                .onFailure(ImportRun::isRefusal)
                .recoverWithUni(refusal -> halve(batch, refusal));
    }

    private Uni<Void> halve(List<ImportRow> batch, Throwable refusal) {
        if (batch.size() == 1) {
            return write(List.of(refused(batch.get(0), (PgException) refusal)));
        }
        int half = batch.size() / 2;
        return process(batch.subList(0, half)).chain(() -> process(batch.subList(half, batch.size())));
    }

    private static ImportRow refused(ImportRow row, PgException refusal) {
        return "metadata_too_large".equals(refusal.getConstraint())
                ? row.refused("metadata", "is larger than 8 KiB together with what is there")
                : row.refused(null, "cannot be stored");
    }

    private Uni<Void> write(List<ImportRow> batch) {
        return sql.transaction(caller, statements -> write(statements, batch))
                .invoke(plan -> {
                    processed += batch.size();
                    failed += plan.errors().size();
                })
                .replaceWithVoid();
    }

    private Uni<BatchPlan> write(Statements statements, List<ImportRow> batch) {
        return contacts.find(statements, caller.orgId(), job, batch)
                .map(known -> {
                    var plan = new BatchPlan(job.key(), known, steps);
                    batch.forEach(plan::add);
                    return plan;
                })
                .call(plan -> job.dryRun()
                        ? contacts.writePreview(statements, caller.orgId(), job, plan)
                        : contacts.write(statements, caller.orgId(), plan))
                .call(plan -> progress.advance(caller, statements, job.id(), batch.size(), plan, failed))
                .call(() -> piece.save(statements, JsonObject.of("processed", processed + batch.size())));
    }

    private Uni<Void> endUnreadable(Throwable failure) {
        var broken = (UnreadableFile) failure;
        return end(
                ImportStatus.FAILED,
                List.of(new RowError(broken.line(), null, String.valueOf(broken.getMessage()), List.of())));
    }

    /** Also when it is given up. */
    Uni<Void> end(ImportStatus status, List<RowError> errors) {
        return sql.transaction(caller, statements -> progress.end(caller, statements, job, status, errors)
                .chain(() -> piece.save(statements, JsonObject.of("processed", processed))));
    }

    int line() {
        return processed + 2;
    }

    private static <T> Uni<T> onWorker(Supplier<T> work) {
        return Uni.createFrom().item(work).runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    /** Of a value, a constraint or a trigger: another request was faster, or a row cannot be stored. */
    private static boolean isRefusal(Throwable failure) {
        if (!(failure instanceof PgException refusal) || refusal.getSqlState() == null) {
            return false;
        }
        var state = refusal.getSqlState();
        return state.startsWith("22") || state.startsWith("23") || state.startsWith("40") || state.equals("SB409");
    }
}
