package io.switchboard.crm.appointment;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import io.switchboard.crm.staff.Staff;
import io.switchboard.kit.http.Cursor;
import io.switchboard.kit.http.IfMatch;
import io.switchboard.kit.http.MergePatch;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.id.UuidV7;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.ListQuery;
import io.switchboard.kit.tenant.SessionSql;
import io.switchboard.kit.tenant.TenantSql;
import io.switchboard.kit.tenant.TenantWork;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** The appointments of the caller's organization. What changes them fails with {@link SlotTaken} where a time is taken. */
@ApplicationScoped
public class Appointments implements PanacheRepositoryBase<Appointment, UUID> {
    private static final String LIST = "select " + AppointmentView.COLUMNS + " from appointments where org_id = $1";
    private static final String SHOW = LIST + " and id = $2";
    private static final String IN_TIME = "scheduled_at, id";

    /** It gives way where the time is taken: two plain inserts that meet would wait for each other. */
    private static final String BOOK = "insert into appointments (org_id, id, contact_id, service_type, scheduled_at,"
            + " duration_minutes, assignee_id, calendar_link, notes) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
            + " on conflict do nothing returning " + AppointmentView.COLUMNS;

    private final CallerContext caller;
    private final TenantSql sql;
    private final Staff staff;

    Appointments(CallerContext caller, TenantSql sql, Staff staff) {
        this.caller = caller;
        this.sql = sql;
        this.staff = staff;
    }

    /** Fails with {@code invalid} for a contact that is not there, and an assignee who is no active admin or agent. */
    @TenantWork
    Uni<AppointmentView> book(AppointmentForm form) {
        AppointmentForm.checkTime(form.scheduledAt());
        var id = UuidV7.next();
        var args = Tuple.of(caller.orgId(), id, form.contactId(), form.serviceType(), form.scheduledAt())
                .addValue(form.durationMinutes())
                .addValue(form.assigneeId())
                .addValue(form.calendarLink())
                .addValue(form.notes());
        return SessionSql.current()
                .map(SessionSql::statements)
                .call(statements -> form.assigneeId() == null
                        ? Uni.createFrom().voidItem()
                        : staff.checkKnown(caller, statements, "assigneeId", form.assigneeId()))
                .chain(statements -> statements.first(BOOK, args, AppointmentView::of))
                .onItem()
                .ifNull()
                .failWith(() ->
                        new SlotTaken(new Booking(id, form.assigneeId(), form.scheduledAt(), form.durationMinutes())));
    }

    /** Fails with {@code appointment_not_found}, also for a deleted one, and another tenant's, which row security hides. */
    public Uni<AppointmentView> show(UUID id) {
        return show(id, "deleted_at is null");
    }

    Uni<AppointmentView> showEvenDeleted(UUID id) {
        return show(id, "true");
    }

    private Uni<AppointmentView> show(UUID id, String condition) {
        return sql.first(caller, SHOW + " and " + condition, Tuple.of(caller.orgId(), id), AppointmentView::of)
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("appointment", id));
    }

    /** Fails with {@code appointment_not_found}, {@code changed_meanwhile}, {@code appointment_status_illegal} or {@code appointment_closed}. */
    @TenantWork
    Uni<AppointmentView> revise(UUID id, IfMatch ifMatch, MergePatch<AppointmentChangeForm> patch) {
        return get(id).invoke(ifMatch::check)
                .invoke(appointment -> appointment.revise(patch.on(appointment.form())))
                .chain(this::save);
    }

    /** Fails with {@code appointment_not_found} or {@code changed_meanwhile}. */
    @TenantWork
    Uni<Void> delete(UUID id, IfMatch ifMatch) {
        return get(id).invoke(ifMatch::check)
                .invoke(Appointment::delete)
                .chain(this::persistAndFlush)
                .replaceWithVoid();
    }

    /** Fails with {@code appointment_not_found}. */
    @TenantWork
    Uni<AppointmentView> restore(UUID id) {
        return findEvenDeleted(id).invoke(Appointment::restore).chain(this::save);
    }

    private Uni<Appointment> get(UUID id) {
        return findEvenDeleted(id).invoke(appointment -> {
            if (appointment.isDeleted()) {
                throw Problem.notFound("appointment", id);
            }
        });
    }

    private Uni<Appointment> findEvenDeleted(UUID id) {
        return findById(id).onItem().ifNull().failWith(() -> Problem.notFound("appointment", id));
    }

    /** Writes it and reads back what the database sets. */
    private Uni<AppointmentView> save(Appointment appointment) {
        return persistAndFlush(appointment)
                .onFailure(SlotTaken::isMeantBy)
                .transform(failure -> new SlotTaken(appointment.booking()))
                .chain(SessionSql::current)
                .chain(session -> session.statements()
                        .first(SHOW, Tuple.of(caller.orgId(), appointment.id()), AppointmentView::of));
    }

    Uni<PageOf<AppointmentView>> list(AppointmentFilter filter, Page page) {
        return page(query(caller.orgId(), filter, filter.includesDeleted(caller), page));
    }

    Uni<PageOf<AppointmentView>> listUpcoming(Page page) {
        return page(upcoming(caller.orgId(), page));
    }

    private Uni<PageOf<AppointmentView>> page(ListQuery list) {
        return sql.boundedPage(
                caller,
                list,
                AppointmentView::of,
                AppointmentView.LONG_TEXTS,
                last -> Cursor.at(last.scheduledAt(), last.id()));
    }

    /** The test of the plans calls it, too. A status is a literal, since each has an index of its own. */
    static ListQuery query(UUID orgId, AppointmentFilter filter, boolean includesDeleted, Page page) {
        var list = new ListQuery(page, LIST, orgId)
                .andIfGiven("assignee_id = ?", filter.assigneeId())
                .andIfGiven("contact_id = ?", filter.contactId())
                .andIfGiven("scheduled_at >= ?", filter.from())
                .andIfGiven("scheduled_at < ?", filter.to());
        var status = filter.status();
        if (status != null) {
            list.and("status = '" + status.wire() + "'");
        }
        after(list, page);
        return includesDeleted
                ? list.orderedForEach(List.of("deleted_at is null", "deleted_at is not null"), IN_TIME)
                : list.and("deleted_at is null").ordered(IN_TIME);
    }

    static ListQuery upcoming(UUID orgId, Page page) {
        var list = new ListQuery(page, LIST + " and deleted_at is null and scheduled_at > now()", orgId);
        return after(list, page).orderedForEach(List.of("status = 'pending'", "status = 'confirmed'"), IN_TIME);
    }

    private static ListQuery after(ListQuery list, Page page) {
        var after = page.after();
        return after == null ? list : list.and("(scheduled_at, id) > (?, ?)", after.time(), after.id());
    }
}
