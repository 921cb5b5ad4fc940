package io.switchboard.crm.appointment;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.OptimisticLockException;
import java.util.UUID;

/** The booking rules of the caller's organization. */
@ApplicationScoped
class BookingRules {
    private static final String COLUMNS = "slot_minutes, buffer_minutes, minimum_notice_minutes, horizon_days,"
            + " reminder_minutes, assignees, version";
    private static final String FIND = "select " + COLUMNS + ", current_org_id() as org_id from booking_rules_now()";

    /** Only over the version that was read; the rules of an organization without a row have version 0. */
    private static final String PUT = "insert into booking_rules as r (org_id, slot_minutes, buffer_minutes,"
            + " minimum_notice_minutes, horizon_days, reminder_minutes, assignees, version)"
            + " values ($1, $2, $3, $4, $5, $6, $7, 1) on conflict (org_id) do update set slot_minutes = excluded.slot_minutes,"
            + " buffer_minutes = excluded.buffer_minutes, minimum_notice_minutes = excluded.minimum_notice_minutes,"
            + " horizon_days = excluded.horizon_days, reminder_minutes = excluded.reminder_minutes,"
            + " assignees = excluded.assignees where r.version = $8 returning " + COLUMNS + ", org_id";

    private final TenantSql sql;

    BookingRules(TenantSql sql) {
        this.sql = sql;
    }

    Uni<BookingRulesView> show(CallerContext caller) {
        return sql.first(caller, FIND, Tuple.tuple(), BookingRulesView::of);
    }

    /** Fails with {@code changed_meanwhile} where the rules have another version by now. */
    Uni<BookingRulesView> put(CallerContext caller, BookingRulesForm form, BookingRulesView before) {
        if (form.equals(before.form())) {
            return Uni.createFrom().item(before);
        }
        var args = Tuple.of(caller.orgId(), form.slotMinutes(), form.bufferMinutes(), form.minimumNoticeMinutes())
                .addValue(form.horizonDays())
                .addValue(form.reminderMinutes().toArray(Integer[]::new))
                .addValue(form.assignees().toArray(UUID[]::new))
                .addValue(before.version());
        return sql.first(caller, PUT, args, BookingRulesView::of)
                .onItem()
                .ifNull()
                .failWith(() -> new OptimisticLockException("another version by now"));
    }
}
