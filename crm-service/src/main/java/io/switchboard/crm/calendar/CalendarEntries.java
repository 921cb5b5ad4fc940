package io.switchboard.crm.calendar;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What calendars show of appointments: service and contact, with the contact's number and the link to meet by. Notes stay here, since
 * calendars hand on what they have.
 */
@ApplicationScoped
class CalendarEntries {
    private static final String COLUMNS =
            "id, service_type, scheduled_at, ends_at, calendar_link, status, sequence, updated_at, contact_name, contact_phone";
    private static final String FIND = "select " + COLUMNS + " from calendar_entries where org_id = $1 and id = $2";
    static final String OF_FEED = "select " + COLUMNS + " from feed_entries($1) order by scheduled_at, id";
    static final String FINGERPRINT = "select feed_fingerprint($1) as fingerprint";

    private final TenantSql sql;

    CalendarEntries(TenantSql sql) {
        this.sql = sql;
    }

    /** Fails with {@code appointment_not_found}, also for a deleted one. */
    Uni<CalendarAppointment> get(CallerContext caller, UUID id) {
        return sql.first(caller, FIND, Tuple.of(caller.orgId(), id), CalendarEntries::entry)
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("appointment", id));
    }

    /** @param assigneeId whose appointments; null for everybody's */
    Uni<List<CalendarAppointment>> list(CallerContext caller, @Nullable UUID assigneeId) {
        return sql.list(caller, OF_FEED, Tuple.of(assigneeId), CalendarEntries::entry);
    }

    /** Of the same list, without fetching it. */
    Uni<String> fingerprint(CallerContext caller, @Nullable UUID assigneeId) {
        return sql.first(caller, FINGERPRINT, Tuple.of(assigneeId), row -> row.getString("fingerprint"));
    }

    private static CalendarAppointment entry(Row row) {
        var phone = row.getString("contact_phone");
        var name = row.getString("contact_name");
        var who = name == null || name.isBlank() ? phone : name;
        return new CalendarAppointment(
                row.getUUID("id"),
                row.getOffsetDateTime("scheduled_at").toInstant(),
                row.getOffsetDateTime("ends_at").toInstant(),
                row.getString("service_type") + (who == null ? "" : ": " + who),
                description(phone, row.getString("calendar_link")),
                row.getString("status"),
                row.getInteger("sequence"),
                row.getOffsetDateTime("updated_at").toInstant());
    }

    private static @Nullable String description(@Nullable String... lines) {
        var known = Stream.of(lines).filter(line -> line != null).collect(Collectors.joining("\n"));
        return known.isEmpty() ? null : known;
    }
}
