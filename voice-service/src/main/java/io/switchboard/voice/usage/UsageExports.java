package io.switchboard.voice.usage;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.csv.CsvAnswer;
import io.switchboard.kit.outbox.AuditEvent;
import io.switchboard.kit.outbox.Outbox;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads usage for a file, page by page: by day, user and voice agent, as far as the caller sees it. */
@ApplicationScoped
class UsageExports {
    static final List<String> HEADER =
            List.of("day", "userId", "agentId", "source", "runs", "tokens", "seconds", "cost");

    private static final int ROWS = 500;
    private static final String DAYS = "select since, until from usage_days($1, $2, null)";
    // All sources of an agent's day come on one page, so that a page ends with a key of uuids and a day: text has no
    // index here.
    private static final String ROWS_OF =
            "select day, user_id, agent_id, source, runs, tokens, seconds, trim_scale(cost) as cost"
                    + " from user_usage_tracking where org_id = $1 and ";
    private static final String ORDER = " order by day, user_id, agent_id fetch first " + ROWS + " rows with ties";
    static final String PAGE = ROWS_OF + "day <= $2 and (day, user_id, agent_id) > ($3, $4, $5)" + ORDER;
    /** Of one user, by the primary key: user_id comes before day there. */
    static final String OWN_PAGE = ROWS_OF + "user_id = $4 and day <= $2 and (day, agent_id) > ($3, $5)" + ORDER;

    private static final UUID LAST = new UUID(-1, -1);

    private final TenantSql sql;
    private final Outbox outbox;

    UsageExports(TenantSql sql, Outbox outbox) {
        this.sql = sql;
        this.outbox = outbox;
    }

    /** Days, both included. */
    record Days(LocalDate from, LocalDate to) {}

    /** Where a page begins: after this. @param rows of the pages before it */
    record PageStart(LocalDate day, UUID user, UUID agent, long rows) {}

    /** By default from the first of the month of the last day, until today. Fails with {@code invalid}. */
    Uni<Days> days(CallerContext caller, @Nullable LocalDate from, @Nullable LocalDate to) {
        return sql.first(
                        caller,
                        DAYS,
                        Tuple.of(from, to),
                        row -> new Days(row.getLocalDate("since"), row.getLocalDate("until")))
                .onItem()
                .ifNull()
                .failWith(UserUsage::invalidRange);
    }

    /** The last page also records the export. */
    Uni<CsvAnswer.Page<PageStart>> page(CallerContext caller, Days days, @Nullable PageStart from) {
        var start = from == null ? new PageStart(days.from().minusDays(1), LAST, LAST, 0) : from;
        boolean isOwn = caller.role().equals("user");
        var user = isOwn ? caller.userId() : start.user();
        var args = Tuple.of(caller.orgId(), days.to(), start.day(), user, start.agent());
        return sql.list(caller, isOwn ? OWN_PAGE : PAGE, args, row -> row)
                .map(rows -> page(rows, start.rows()))
                .call(page -> page.next() != null
                        ? Uni.createFrom().voidItem()
                        : record(caller, days, start.rows() + page.rows().size()));
    }

    private Uni<?> record(CallerContext caller, Days days, long rows) {
        var details = Map.of(
                "rows", rows, "from", days.from().toString(), "to", days.to().toString());
        return sql.transaction(
                caller,
                statements -> outbox.record(
                        caller,
                        statements,
                        AuditEvent.success("export", "user_usage_tracking", null)
                                .with(details)));
    }

    private static CsvAnswer.Page<PageStart> page(List<Row> rows, long before) {
        var last = rows.size() < ROWS ? null : rows.get(rows.size() - 1);
        return new CsvAnswer.Page<>(
                rows.stream().map(UsageExports::cells).toList(),
                last == null
                        ? null
                        : new PageStart(
                                last.getLocalDate("day"),
                                last.getUUID("user_id"),
                                last.getUUID("agent_id"),
                                before + rows.size()));
    }

    private static List<String> cells(Row row) {
        return List.of(
                row.getLocalDate("day").toString(),
                row.getUUID("user_id").toString(),
                row.getUUID("agent_id").toString(),
                row.getString("source"),
                row.getInteger("runs").toString(),
                row.getLong("tokens").toString(),
                row.getLong("seconds").toString(),
                row.getBigDecimal("cost").toPlainString());
    }
}
