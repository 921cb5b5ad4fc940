package io.switchboard.crm.contactimport;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.EnumParam;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.Statements;
import io.switchboard.kit.tenant.TenantSql;
import io.switchboard.kit.work.WorkPostponed;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How far imports have come, as their workers write it. */
@ApplicationScoped
class ImportProgress {
    /** Refused rows of one import that are kept; all are counted. */
    private static final int MOST_ERRORS = 100_000;

    private static final Duration TURN = Duration.ofSeconds(2);

    /** One whose work was given up does not run any more. */
    private static final String END_LOST = "update contact_imports i set status = 'failed', finished_at = now()"
            + " where i.org_id = $1 and i.id <> $2 and i.status in ('queued', 'running') and exists ("
            + "select from work w where w.org_id = i.org_id and w.id = i.work_id and w.state = 'dead')";

    private static final String BEGIN = "update contact_imports i set status = 'running', tries = i.tries + 1"
            + " where i.org_id = $1 and i.id = $2 and (i.status = 'running' or i.status = 'queued' and not exists ("
            + "select from contact_imports o where o.org_id = $1 and o.id <> $2 and o.status = 'running'))"
            + " returning key, dry_run, separator, header, total, processed, failed, tries, created_by";
    private static final String STATUS = "select status from contact_imports where org_id = $1 and id = $2";
    private static final String COUNTED = "update contact_imports set total = $3 where org_id = $1 and id = $2";
    private static final String ADVANCE =
            "update contact_imports set processed = processed + $3, created = created + $4,"
                    + " updated = updated + $5, failed = failed + $6, tries = 0 where org_id = $1 and id = $2";
    private static final String END = "update contact_imports set status = $3, finished_at = now()"
            + " where org_id = $1 and id = $2 and status in ('queued', 'running')"
            + " returning created, updated, failed";
    private static final String REFUSE =
            "insert into contact_import_errors (org_id, import_id, line, field, message, cells)"
                    + " select $1::uuid, $2::uuid, r.line, r.field, r.message, r.cells"
                    + " from jsonb_to_recordset($3::text::jsonb) as r (line int, field text, message text, cells text[])"
                    + " on conflict do nothing";
    private static final String NOTIFY =
            "select create_notification($1, null, 'system_alert', $2, $3, 'contact_import', $4," + " 'normal', $5)";

    private final TenantSql sql;
    private final ImportChunks chunks;
    private final ObjectMapper json;

    ImportProgress(TenantSql sql, ImportChunks chunks, ObjectMapper json) {
        this.sql = sql.forWorkers();
        this.chunks = chunks;
        this.json = json;
    }

    /** Null if it has ended. Fails with {@link WorkPostponed} while another one of the organization runs. */
    Uni<@Nullable ImportJob> begin(CallerContext caller, UUID id) {
        var args = Tuple.of(caller.orgId(), id);
        return sql.transaction(caller, statements -> statements
                .run(END_LOST, args)
                .chain(() -> statements.first(BEGIN, args, row -> job(id, row)))
                .onItem()
                .ifNull()
                .switchTo(() -> statements
                        .first(STATUS, args, row -> row.getString("status"))
                        .invoke(status -> {
                            if ("queued".equals(status)) {
                                throw new WorkPostponed("Another import of the organization runs.", TURN);
                            }
                        })
                        .replaceWith((ImportJob) null)));
    }

    Uni<?> count(CallerContext caller, UUID id, int total) {
        return sql.execute(caller, COUNTED, Tuple.of(caller.orgId(), id, total));
    }

    /** @param failedBefore refused rows of earlier batches */
    Uni<?> advance(CallerContext caller, Statements statements, UUID id, int rows, BatchPlan plan, int failedBefore) {
        var errors = plan.errors();
        return refuse(caller, statements, id, kept(errors, failedBefore))
                .chain(() -> statements.run(
                        ADVANCE,
                        Tuple.of(caller.orgId(), id, rows, plan.created(), plan.updated())
                                .addInteger(errors.size())));
    }

    /** Removes the file, and tells who sent it. Does nothing if it has ended before. */
    Uni<?> end(CallerContext caller, Statements statements, ImportJob job, ImportStatus status, List<RowError> errors) {
        return refuse(caller, statements, job.id(), errors)
                .chain(() -> statements.first(
                        END, Tuple.of(caller.orgId(), job.id(), status.wire()), ImportProgress::counts))
                .call(counts -> counts == null || job.createdBy() == null
                        ? Uni.createFrom().voidItem()
                        : statements.run(NOTIFY, notification(job, status, counts)))
                .chain(() -> chunks.remove(caller, statements, job.id()));
    }

    private Uni<?> refuse(CallerContext caller, Statements statements, UUID id, List<RowError> errors) {
        return errors.isEmpty()
                ? Uni.createFrom().voidItem()
                : statements.run(REFUSE, Tuple.of(caller.orgId(), id, written(errors)));
    }

    private static List<RowError> kept(List<RowError> errors, int failedBefore) {
        return errors.subList(0, Math.max(0, Math.min(errors.size(), MOST_ERRORS - failedBefore)));
    }

    private static Tuple notification(ImportJob job, ImportStatus status, String counts) {
        return Tuple.of(
                job.createdBy(),
                status == ImportStatus.FAILED ? "Import failed" : "Import finished",
                (job.dryRun() ? "Dry run: " : "") + counts,
                job.id(),
                ContactImportRoute.PATH + "/" + job.id());
    }

    private static String counts(Row row) {
        return "%d created, %d updated, %d refused"
                .formatted(row.getInteger("created"), row.getInteger("updated"), row.getInteger("failed"));
    }

    private static ImportJob job(UUID id, Row row) {
        var header = new ImportHeader(row.getString("separator").charAt(0), List.of(row.getArrayOfStrings("header")));
        return new ImportJob(
                id,
                EnumParam.fromWire(ImportKey.class, row.getString("key")),
                row.getBoolean("dry_run"),
                header,
                row.getInteger("total"),
                row.getInteger("processed"),
                row.getInteger("failed"),
                row.getInteger("tries"),
                row.getUUID("created_by"));
    }

    private String written(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
