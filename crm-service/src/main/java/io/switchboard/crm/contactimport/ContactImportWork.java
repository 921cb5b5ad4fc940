package io.switchboard.crm.contactimport;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.smallrye.mutiny.Uni;
import io.switchboard.crm.csv.CsvRows;
import io.switchboard.kit.member.Members;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.TenantSql;
import io.switchboard.kit.work.Backoff;
import io.switchboard.kit.work.LeaseLost;
import io.switchboard.kit.work.WorkHandler;
import io.switchboard.kit.work.WorkPiece;
import io.switchboard.kit.work.WorkPostponed;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import jakarta.validation.Validator;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Imports files in the background: one of an organization at a time. */
@Singleton
class ContactImportWork implements WorkHandler {
    static final String KIND = "contact_import";
    private static final Backoff PAUSE = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30));

    private final TenantSql sql;
    private final ImportProgress progress;
    private final ImportChunks chunks;
    private final BatchStatements contacts;
    private final Members members;
    private final Validator validator;
    private final ObjectReader json;

    ContactImportWork(
            TenantSql sql,
            ImportProgress progress,
            ImportChunks chunks,
            BatchStatements contacts,
            Members members,
            Validator validator,
            ObjectMapper json) {
        this.sql = sql.forWorkers();
        this.progress = progress;
        this.chunks = chunks;
        this.contacts = contacts;
        this.members = members;
        this.validator = validator;
        this.json = json.readerFor(CellReader.JSON_OBJECT).with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    }

    @Override
    public String kind() {
        return KIND;
    }

    /** Of different organizations: a large file does not hold up all others. */
    @Override
    public int concurrency() {
        return 2;
    }

    @Override
    public Uni<@Nullable JsonObject> run(WorkPiece piece) {
        var id = UUID.fromString(piece.payload().getString("importId"));
        return progress.begin(piece.caller(), id)
                .chain(job -> job == null ? Uni.createFrom().voidItem() : run(piece, job))
                .replaceWith((JsonObject) null);
    }

    /** Attempts also count while another import runs, so that tries are counted by the import. */
    @Override
    public Duration retryAfter(WorkPiece piece, Throwable failure) {
        return PAUSE.after(Math.min(piece.attempts(), MOST_TRIES));
    }

    private Uni<Void> run(WorkPiece piece, ImportJob job) {
        var caller = caller(piece, job);
        return members.defaultRegion(caller)
                .map(region -> run(piece, job, caller, region))
                .chain(run ->
                        run.run().onFailure(failure -> isFinal(job, failure)).recoverWithUni(() -> giveUp(run)));
    }

    private ImportRun run(WorkPiece piece, ImportJob job, CallerContext caller, String region) {
        var reader = new RowReader(job.header(), job.key(), new CellReader(region, validator, json));
        return new ImportRun(
                job,
                piece,
                caller,
                sql,
                contacts,
                progress,
                () -> new CsvRows(chunks.open(caller, job.id()), job.header().separator()),
                reader);
    }

    private static boolean isFinal(ImportJob job, Throwable failure) {
        return job.tries() >= MOST_TRIES && !(failure instanceof LeaseLost) && !(failure instanceof WorkPostponed);
    }

    private static Uni<Void> giveUp(ImportRun run) {
        return run.end(
                ImportStatus.FAILED,
                List.of(new RowError(run.line(), null, "could not be processed; import the file again", List.of())));
    }

    /** What the import changes, its sender has changed. */
    private static CallerContext caller(WorkPiece piece, ImportJob job) {
        var service = piece.caller();
        return job.createdBy() == null
                ? service
                : CallerContext.Value.onBehalf(service.orgId(), job.createdBy(), service.service(), service.origin());
    }
}
