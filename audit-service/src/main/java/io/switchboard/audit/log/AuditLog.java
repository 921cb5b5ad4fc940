package io.switchboard.audit.log;

import io.smallrye.mutiny.Uni;
import io.switchboard.audit.seal.Blocks;
import io.switchboard.audit.seal.Recorded;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.tenant.BoundedRows;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.ListQuery;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The queries on the log. Row security shows an organization its own events; operators see all. */
@ApplicationScoped
public class AuditLog {
    /** Without an organization, operators read one after the other: every index but the one by time leads with it. */
    private static final String ANY_ORG = "org_id in (select org_id from logged_organizations()) and $1::uuid is null";

    private static final String OWN_ORG = "org_id = $1";
    private static final String SHOW = "select " + LogQuery.COLUMNS + " from audit_logs where %s and id = $2";
    private static final String NUMBER =
            "select min(no) as no from audit_logs" + " where org_id = $1 and id = $3 or org_id = $2 and id = $4";
    private static final String HISTORY =
            "select id, org_id, occurred_at, actor_id, actor_type, action, service, outcome,"
                    + " request_id, no, coalesce((select jsonb_object_agg(key, jsonb_build_object('old', o.value, 'new', n.value))"
                    + " from jsonb_each(old_data) o full join jsonb_each(new_data) n using (key)"
                    + " where o.value is distinct from n.value), '{}')::text as changes"
                    + " from audit_logs where %s and resource_id = $2 and resource_type = $3";

    private final TenantSql sql;
    private final Blocks blocks;

    AuditLog(TenantSql sql, Blocks blocks) {
        this.sql = sql;
        this.blocks = blocks;
    }

    /** A row of a list, or the last row that a page read. */
    private record Seen(AuditRecord record, boolean isLast, boolean fits) {}

    Uni<PageOf<AuditRecord>> list(CallerContext caller, LogFilter filter, Page page) {
        return list(caller, filter, page, null);
    }

    /** A page of the list without what was recorded later. @param below the first recording number that is not listed */
    public Uni<PageOf<AuditRecord>> recordedBefore(CallerContext caller, LogFilter filter, long below, Page page) {
        return list(caller, filter, page, below);
    }

    /** The lower one of the events that tell of a reading. @param tenant null where only one tells */
    public Uni<Long> recordingNumber(CallerContext caller, Readings.Ids ids, @Nullable UUID tenant) {
        return sql.first(
                caller, NUMBER, Tuple.of(caller.orgId(), tenant, ids.own(), ids.tenants()), row -> row.getLong("no"));
    }

    private Uni<PageOf<AuditRecord>> list(CallerContext caller, LogFilter filter, Page page, @Nullable Long below) {
        var named = filter.orgId();
        var query = new LogQuery(named == null ? ownOrg(caller) : named, filter, page, below);
        return sql.bounded(caller, query.list(), AuditLog::seen, List.of("old_data", "new_data"))
                .map(rows -> page(rows, page))
                .chain(found -> sealed(caller, found, AuditRecord::recorded, AuditRecord::sealed));
    }

    /** Null if the tenant sees no such record. */
    public Uni<@Nullable AuditRecord> find(CallerContext caller, UUID id) {
        return sql.first(caller, show(ownOrg(caller)), Tuple.of(ownOrg(caller), id), AuditLog::record)
                .map(record -> new PageOf<>(record == null ? List.of() : List.of(record), null))
                .chain(found -> sealed(caller, found, AuditRecord::recorded, AuditRecord::sealed))
                .map(found -> found.items().isEmpty() ? null : found.items().get(0));
    }

    Uni<PageOf<HistoryEntry>> history(CallerContext caller, String type, String id, Page page) {
        var org = ownOrg(caller);
        return sql.boundedPage(
                        caller, history(org, type, id, page), AuditLog::entry, List.of("changes"), HistoryEntry::cursor)
                .chain(found -> sealed(caller, found, HistoryEntry::recorded, HistoryEntry::sealed));
    }

    /** A statement of its own: only of the page's own records, and of each block only once. */
    private <T> Uni<PageOf<T>> sealed(
            CallerContext caller,
            PageOf<T> page,
            Function<T, Recorded> recorded,
            BiFunction<T, @Nullable Long, T> sealed) {
        var items = page.items();
        return blocks.sequences(caller, items.stream().map(recorded).toList())
                .map(sequences -> new PageOf<>(
                        IntStream.range(0, items.size())
                                .mapToObj(place -> sealed.apply(items.get(place), sequences.get(place)))
                                .toList(),
                        page.nextCursor()));
    }

    static String show(@Nullable UUID org) {
        return SHOW.formatted(org == null ? ANY_ORG : OWN_ORG);
    }

    static ListQuery history(@Nullable UUID org, String type, String id, Page page) {
        var select = HISTORY.formatted(org == null ? ANY_ORG : OWN_ORG);
        var list = new ListQuery(page, select, org, id, type).newestFirst("occurred_at", "id");
        return org == null ? list.sorted() : list;
    }

    private static @Nullable UUID ownOrg(CallerContext caller) {
        return Operators.is(caller) ? null : caller.orgId();
    }

    private static PageOf<AuditRecord> page(BoundedRows<Seen> bounded, Page page) {
        var rows = bounded.rows();
        var fitting = rows.stream().filter(Seen::fits).map(Seen::record).toList();
        if (fitting.size() > page.limit()
                || rows.isEmpty()
                || !bounded.isCut() && !rows.get(rows.size() - 1).isLast()) {
            return PageOf.of(fitting, page, AuditRecord::cursor);
        }
        return new PageOf<>(fitting, rows.get(rows.size() - 1).record().cursor().encoded());
    }

    private static Seen seen(Row row) {
        return new Seen(record(row), row.getLong("place") == LogQuery.WINDOW, row.getBoolean("fits"));
    }

    private static AuditRecord record(Row row) {
        return AuditRecord.of(row, null);
    }

    private static HistoryEntry entry(Row row) {
        return new HistoryEntry(
                row.getUUID("id"),
                row.getUUID("org_id"),
                row.getOffsetDateTime("occurred_at"),
                row.getString("actor_id"),
                row.getString("actor_type"),
                row.getString("action"),
                row.getString("service"),
                row.getString("outcome"),
                row.getString("request_id"),
                row.getString("changes"),
                null,
                row.getLong("no"));
    }
}
