package io.switchboard.crm.contactimport;

import io.smallrye.mutiny.Uni;
import io.switchboard.crm.contactimport.ContactImportView.ImportErrorView;
import io.switchboard.kit.http.EnumParam;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.outbox.AuditEvent;
import io.switchboard.kit.outbox.Outbox;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.BoundedRows;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.ListQuery;
import io.switchboard.kit.tenant.Statements;
import io.switchboard.kit.tenant.TenantSql;
import io.switchboard.kit.work.WorkQueue;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The imports of the caller's organization, as people see them. */
@ApplicationScoped
class ContactImports {
    /** Of the rows that were refused. */
    static final int SHOWN_ERRORS = 1_000;

    private static final int MOST_UNFINISHED = 20;

    private static final String CREATE =
            "insert into contact_imports (org_id, id, key, dry_run, separator, header, ignored_columns, work_id, created_by)"
                    + " values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";

    /** An import whose work was given up has failed: the next one that looks writes so. */
    private static final String SELECT = "select i.id, case when i.status in ('queued', 'running') and exists ("
            + "select from work w where w.org_id = i.org_id and w.id = i.work_id and w.state = 'dead')"
            + " then 'failed' else i.status end as status, i.key as import_key, i.dry_run, i.total, i.processed, i.created, i.updated,"
            + " i.failed, i.ignored_columns, i.created_at, i.finished_at from contact_imports i where i.org_id = $1";

    static final String ERRORS = "select line, field, message, cells from contact_import_errors"
            + " where org_id = $1 and import_id = $2 and line > $3 order by line limit $4";
    private static final List<String> LONG_CELLS = List.of("cells::text");
    private static final String REASONS = "select line, field, message from contact_import_errors"
            + " where org_id = $1 and import_id = $2 order by line limit $3";
    private static final String HEADER = "select header from contact_imports where org_id = $1 and id = $2";
    static final String UNFINISHED =
            "select count(*) from contact_imports where org_id = $1 and status in ('queued', 'running')";

    private final TenantSql sql;
    private final WorkQueue work;
    private final Outbox outbox;

    ContactImports(TenantSql sql, WorkQueue work, Outbox outbox) {
        this.sql = sql;
        this.work = work;
        this.outbox = outbox;
    }

    /** Fails with {@code too_many_imports} (429). Files that come at once may be a few more. */
    Uni<?> requireRoom(CallerContext caller) {
        return sql.first(caller, UNFINISHED, Tuple.of(caller.orgId()), row -> row.getLong(0))
                .invoke(count -> {
                    if (count >= MOST_UNFINISHED) {
                        throw Problem.tooMany("too_many_imports", 60);
                    }
                });
    }

    /** A file whose bytes are all there. */
    Uni<?> create(
            CallerContext caller, Statements statements, UUID id, ImportKey key, boolean dryRun, ImportHeader header) {
        var event = AuditEvent.success("import", "contacts", id).with(Map.of("key", key.wire(), "dryRun", dryRun));
        return work.add(caller, statements, ContactImportWork.KIND, JsonObject.of("importId", id.toString()))
                .chain(workId -> statements.run(
                        CREATE,
                        Tuple.tuple()
                                .addUUID(caller.orgId())
                                .addUUID(id)
                                .addString(key.wire())
                                .addBoolean(dryRun)
                                .addString(String.valueOf(header.separator()))
                                .addArrayOfString(header.names().toArray(String[]::new))
                                .addArrayOfString(header.ignored().toArray(String[]::new))
                                .addUUID(workId)
                                .addUUID(caller.userId())))
                .chain(() -> outbox.record(caller, statements, event));
    }

    /** Newest first. */
    Uni<PageOf<ImportSummary>> list(CallerContext caller, Page page) {
        return sql.page(caller, query(caller.orgId(), page), ContactImports::summary, ImportSummary::cursor);
    }

    /** The test of the plan calls it, too. */
    static ListQuery query(UUID orgId, Page page) {
        return new ListQuery(page, SELECT, orgId).newestFirstById();
    }

    /** Fails with {@code import_not_found}. */
    Uni<ContactImportView> show(CallerContext caller, UUID id) {
        return sql.transaction(caller, statements -> statements
                .first(SELECT + " and i.id = $2", Tuple.of(caller.orgId(), id), ContactImports::summary)
                .onItem()
                .ifNull()
                .failWith(ContactImports::notFound)
                .chain(summary -> statements
                        .list(
                                REASONS,
                                Tuple.of(caller.orgId(), id, SHOWN_ERRORS),
                                row -> new ImportErrorView(
                                        row.getInteger("line"), row.getString("field"), row.getString("message")))
                        .map(errors -> new ContactImportView(summary, errors))));
    }

    /** Fails with {@code import_not_found}. */
    Uni<?> require(CallerContext caller, UUID id) {
        return header(caller, id);
    }

    /** The names of the columns as they are in the file. Fails with {@code import_not_found}. */
    Uni<List<String>> header(CallerContext caller, UUID id) {
        return sql.first(caller, HEADER, Tuple.of(caller.orgId(), id), row -> List.of(row.getArrayOfStrings("header")))
                .onItem()
                .ifNull()
                .failWith(ContactImports::notFound);
    }

    /** The rows that were refused behind a line, in the order of the file, as many as fit into a page. */
    Uni<BoundedRows<RowError>> errors(CallerContext caller, UUID id, int afterLine, int most) {
        return sql.bounded(
                caller, ERRORS, Tuple.of(caller.orgId(), id, afterLine, most), ContactImports::error, LONG_CELLS);
    }

    private static Problem notFound() {
        return Problem.notFound("import", null);
    }

    private static RowError error(Row row) {
        return new RowError(
                row.getInteger("line"),
                row.getString("field"),
                row.getString("message"),
                List.of(row.getArrayOfStrings("cells")));
    }

    static ImportSummary summary(Row row) {
        @Nullable Integer total = row.getInteger("total");
        return new ImportSummary(
                row.getUUID("id"),
                EnumParam.fromWire(ImportStatus.class, row.getString("status")),
                EnumParam.fromWire(ImportKey.class, row.getString("import_key")),
                row.getBoolean("dry_run"),
                total,
                row.getInteger("processed"),
                row.getInteger("created"),
                row.getInteger("updated"),
                row.getInteger("failed"),
                row.getInteger("failed") > SHOWN_ERRORS,
                List.of(row.getArrayOfStrings("ignored_columns")),
                row.getOffsetDateTime("created_at"),
                row.getOffsetDateTime("finished_at"));
    }
}
