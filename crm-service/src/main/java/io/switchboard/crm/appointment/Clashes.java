package io.switchboard.crm.appointment;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says with which appointment a booking clashes, and what could be booked instead. */
@ApplicationScoped
class Clashes {
    /** No appointment with its buffer is longer than 28 hours; the bound keeps the search in the assignee's index. */
    private static final String FIND =
            "with wanted as (select $4::timestamptz as since, $4::timestamptz + make_interval(mins => $5::int + r.buffer_minutes)"
                    + " as until from booking_rules_now() r)"
                    + " select a.id, a.scheduled_at, a.ends_at from wanted w join appointments a on a.org_id = $1"
                    + " and a.assignee_id = $2 and a.deleted_at is null and a.scheduled_at < w.until"
                    + " and a.scheduled_at > w.since - interval '28 hours'"
                    + " where a.id <> $3 and a.status in ('pending', 'confirmed', 'in_progress')"
                    + " and a.blocked && tstzrange(w.since, w.until) order by a.scheduled_at limit 1";

    /** Without business hours there are none, and nothing to search for. */
    private static final String FIND_ALTERNATIVES = "select s.\"start\", s.\"end\" from alternative_slots("
            + "$1::timestamptz, $2::int, $3::uuid, $4::uuid) s where has_business_hours()";

    private final TenantSql sql;

    Clashes(TenantSql sql) {
        this.sql = sql;
    }

    /** Always fails: with {@code appointment_slot_taken}, which names the clash unless that has gone meanwhile. */
    <T> Uni<T> explain(CallerContext caller, Booking booking) {
        var args = Tuple.of(
                caller.orgId(),
                booking.assigneeId(),
                booking.appointmentId(),
                booking.scheduledAt(),
                booking.durationMinutes());
        return sql.first(caller, FIND, args, Clashes::clash).chain(clash -> findAlternatives(caller, booking)
                .chain(slots -> Uni.createFrom().failure(problem(clash, slots))));
    }

    private Uni<List<AlternativeSlot>> findAlternatives(CallerContext caller, Booking booking) {
        var args = Tuple.of(
                booking.scheduledAt(), booking.durationMinutes(), booking.assigneeId(), booking.appointmentId());
        return sql.list(
                caller,
                FIND_ALTERNATIVES,
                args,
                row -> new AlternativeSlot(row.getOffsetDateTime("start"), row.getOffsetDateTime("end")));
    }

    private static Problem problem(@Nullable Clash clash, List<AlternativeSlot> slots) {
        var problem = SlotTaken.problem().with("alternatives", slots);
        return clash == null ? problem : problem.with("clash", clash);
    }

    private static Clash clash(Row row) {
        return new Clash(row.getUUID("id"), row.getOffsetDateTime("scheduled_at"), row.getOffsetDateTime("ends_at"));
    }
}
