package io.switchboard.crm.personaldata;

import io.smallrye.mutiny.Uni;
import io.switchboard.crm.appointment.AppointmentView;
import io.switchboard.crm.appointment.ContactAppointments;
import io.switchboard.crm.contact.ContactView;
import io.switchboard.crm.contact.Contacts;
import io.switchboard.crm.personaldata.PersonalDataView.Note;
import io.switchboard.crm.personaldata.PersonalDataView.Notification;
import io.switchboard.kit.outbox.AuditEvent;
import io.switchboard.kit.outbox.AuditTrail;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Puts together what the services keep of a person. */
@ApplicationScoped
class PersonalData {
    private static final int MOST_NOTES = 200;
    private static final int MOST_APPOINTMENTS = 200;
    private static final int MOST_NOTIFICATIONS = 1_000;
    private static final String DUPLICATES =
            "select duplicate_id from contact_merges where org_id = $1 and contact_id = $2";
    private static final String NOTES = "select id, content, author_id, created_at from contact_notes where org_id = $1"
            + " and contact_id = $2 order by created_at desc, id desc limit " + (MOST_NOTES + 1);
    private static final String NOTIFICATIONS =
            "select id, user_id, type, title, message, created_at from notifications_about($1, $2)";

    private final CallerContext caller;
    private final TenantSql sql;
    private final Contacts contacts;
    private final ContactAppointments appointments;
    private final TicketExport tickets;
    private final CallExport calls;
    private final AuditTrail trail;

    PersonalData(
            CallerContext caller,
            TenantSql sql,
            Contacts contacts,
            ContactAppointments appointments,
            TicketExport tickets,
            CallExport calls,
            AuditTrail trail) {
        this.caller = caller;
        this.sql = sql;
        this.contacts = contacts;
        this.appointments = appointments;
        this.tickets = tickets;
        this.calls = calls;
        this.trail = trail;
    }

    /** What this service keeps, each list with one row more than is shown where there are more. */
    private record Kept(
            ContactView contact,
            List<Note> notes,
            List<AppointmentView> booked,
            TicketExport.Found tickets,
            List<Notification> notifications) {}

    /** Fails with {@code contact_not_found} or {@code unavailable}. It is on record before it is answered. */
    Uni<PersonalDataView> export(UUID id) {
        return contacts.show(caller, id)
                .chain(contact -> keep(contact, id))
                .chain(kept -> findDuplicates(id)
                        .chain(duplicates -> calls.of(caller, withDuplicates(id, duplicates)))
                        .map(found -> view(kept, found)))
                .call(() -> trail.record(caller, AuditEvent.success("export", "contacts", id)));
    }

    private Uni<Kept> keep(ContactView contact, UUID id) {
        return Uni.combine()
                .all()
                .unis(
                        sql.list(caller, NOTES, Tuple.of(caller.orgId(), id), Note::of),
                        appointments.listEvenDeleted(caller, id, MOST_APPOINTMENTS + 1),
                        tickets.of(caller, id),
                        sql.list(caller, NOTIFICATIONS, Tuple.of(id, MOST_NOTIFICATIONS + 1), Notification::of))
                .usingConcurrencyOf(1)
                .with((notes, booked, opened, notifications) ->
                        new Kept(contact, notes, booked, opened, notifications));
    }

    private Uni<List<UUID>> findDuplicates(UUID id) {
        return sql.list(caller, DUPLICATES, Tuple.of(caller.orgId(), id), row -> row.getUUID("duplicate_id"));
    }

    private static PersonalDataView view(Kept kept, CallExport.Found found) {
        return new PersonalDataView(
                kept.contact(),
                cut(kept.notes(), MOST_NOTES),
                cut(kept.booked(), MOST_APPOINTMENTS),
                kept.tickets().tickets(),
                cut(kept.notifications(), MOST_NOTIFICATIONS),
                found.calls(),
                incomplete(kept, found));
    }

    /** A merge may still be on its way to voice-service. */
    private static List<UUID> withDuplicates(UUID id, List<UUID> duplicates) {
        var ids = new ArrayList<>(List.of(id));
        ids.addAll(duplicates);
        return ids;
    }

    private static List<String> incomplete(Kept kept, CallExport.Found found) {
        var names = new ArrayList<String>();
        if (kept.notes().size() > MOST_NOTES) {
            names.add("notes");
        }
        if (kept.booked().size() > MOST_APPOINTMENTS) {
            names.add("appointments");
        }
        names.addAll(kept.tickets().cut());
        if (kept.notifications().size() > MOST_NOTIFICATIONS) {
            names.add("notifications");
        }
        if (found.isCut()) {
            names.add("calls");
        }
        return names;
    }

    private static <T> List<T> cut(List<T> all, int most) {
        return all.size() > most ? all.subList(0, most) : all;
    }
}
