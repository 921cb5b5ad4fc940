package io.switchboard.crm.contactexport;

import io.smallrye.mutiny.Uni;
import io.switchboard.crm.csv.CellList;
import io.switchboard.kit.csv.CsvAnswer;
import io.switchboard.kit.outbox.AuditEvent;
import io.switchboard.kit.outbox.Outbox;
import io.switchboard.kit.tenant.BoundedRows;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.Statements;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads contacts for a file, page by page in the order of their ids, which no change moves. */
@ApplicationScoped
class ContactExports {
    private static final int ROWS = 500;
    private static final UUID FIRST = new UUID(0, 0);

    private static final String SELECT = "select id, name, phone, email, service_interests, lead_score::text,"
            + " lead_status::text, last_contact_at, notes, is_blocked, nullif(metadata, '{}')::text as metadata,"
            + " array(select unnest(array[p.phone, p.label]) from contact_phones p where p.org_id = c.org_id"
            + " and p.contact_id = c.id and p.phone is distinct from c.phone order by p.phone) as other_phones"
            + " from contacts c where c.org_id = $1 and c.id > $2";

    private static final List<String> LONG_TEXTS =
            List.of("notes", "metadata", "array_to_string(service_interests, '')", "array_to_string(other_phones, '')");

    private final TenantSql sql;
    private final Outbox outbox;

    ContactExports(TenantSql sql, Outbox outbox) {
        this.sql = sql;
        this.outbox = outbox;
    }

    /** The last page also records the export. */
    Uni<CsvAnswer.Page<ExportCursor>> page(CallerContext caller, ExportFilter filter, @Nullable ExportCursor from) {
        var args = Tuple.of(caller.orgId(), from == null ? FIRST : from.after());
        return sql.bounded(caller, statement(filter), args, row -> row, LONG_TEXTS)
                .map(rows -> page(rows, from == null ? 0 : from.rows()))
                .call(page -> page.next() != null
                        ? Uni.createFrom().voidItem()
                        : sql.transaction(
                                caller,
                                statements -> record(
                                        caller,
                                        statements,
                                        filter,
                                        from,
                                        page.rows().size())));
    }

    /** Words of enums are literals: under row level security only these reach a partial index. */
    private static String statement(ExportFilter filter) {
        return SELECT
                + (filter.leadScore() == null
                        ? ""
                        : " and c.lead_score = '" + filter.leadScore().wire() + "'")
                + (filter.leadStatus() == null
                        ? ""
                        : " and c.lead_status = '" + filter.leadStatus().wire() + "'")
                + " order by c.id limit " + ROWS;
    }

    private Uni<?> record(
            CallerContext caller, Statements statements, ExportFilter filter, @Nullable ExportCursor from, int rows) {
        var details = new HashMap<String, Object>(Map.of("rows", rows + (from == null ? 0 : from.rows())));
        if (filter.leadScore() != null) {
            details.put("leadScore", filter.leadScore().wire());
        }
        if (filter.leadStatus() != null) {
            details.put("leadStatus", filter.leadStatus().wire());
        }
        return outbox.record(
                caller,
                statements,
                AuditEvent.success("export", "contacts", null).with(details));
    }

    private static CsvAnswer.Page<ExportCursor> page(BoundedRows<Row> found, long before) {
        var rows = found.rows();
        return new CsvAnswer.Page<>(
                rows.stream().map(ContactExports::cells).toList(),
                found.mayGoOn(ROWS) ? new ExportCursor(found.last().getUUID("id"), before + rows.size()) : null);
    }

    private static List<String> cells(Row row) {
        return Stream.of(
                        row.getString("name"),
                        row.getString("phone"),
                        otherPhones(row.getArrayOfStrings("other_phones")),
                        row.getString("email"),
                        Stream.of(row.getArrayOfStrings("service_interests"))
                                .map(CellList::escape)
                                .collect(Collectors.joining(";")),
                        row.getString("lead_score"),
                        row.getString("lead_status"),
                        row.getOffsetDateTime("last_contact_at"),
                        row.getString("notes"),
                        row.getBoolean("is_blocked"),
                        row.getString("metadata"))
                .map(cell -> cell == null ? "" : cell.toString())
                .toList();
    }

    /** @param pairs of a number and its label */
    private static String otherPhones(String[] pairs) {
        var phones = new ArrayList<String>();
        for (int i = 0; i + 1 < pairs.length; i += 2) {
            var label = pairs[i + 1];
            phones.add(CellList.escape(pairs[i]) + (label == null ? "" : "|" + CellList.escape(label)));
        }
        return String.join(";", phones);
    }
}
