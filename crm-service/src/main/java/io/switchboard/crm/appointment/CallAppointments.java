package io.switchboard.crm.appointment;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.tenant.Statements;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The appointments of the caller's organization as live calls book, move and cancel them: only at times that availability offers,
 * and always with a person who is free. All of it happens in a transaction that is open.
 */
@ApplicationScoped
public class CallAppointments {
    public static final int LONGEST_SERVICE = 200;
    public static final int LONGEST_NOTES = 5_000;

    private static final String SHOW =
            "select a.id, a.contact_id, a.service_type, a.scheduled_at, a.duration_minutes, a.status::text,"
                    + " m.name as assignee_name, local_text(a.scheduled_at) as spoken from appointments a"
                    + " left join members m on m.org_id = a.org_id and m.id = a.assignee_id"
                    + " where a.org_id = current_org_id() and a.deleted_at is null";
    private static final String FIND = SHOW + " and a.id = $1";
    private static final String NEXT = SHOW + " and a.contact_id = $1 and a.scheduled_at > now()"
            + " and a.status in ('pending', 'confirmed') order by a.scheduled_at, a.id limit 1";
    private static final String BOOK = "select book_free_person($1, $2, $3, $4, $5) as id";
    private static final String MOVE = "select move_to_free_person($1, $2, $3) as id";
    private static final String CANCEL = "update appointments set status = 'cancelled',"
            + " notes = left(concat_ws(e'\\n', notes, $2::text), " + LONGEST_NOTES + ")"
            + " where org_id = current_org_id() and id = $1 and deleted_at is null and status in ('pending', 'confirmed')"
            + " returning id";
    private static final String LENGTH = "select slot_minutes as minutes from booking_rules_now()";

    /** Null where there is none. */
    public Uni<@Nullable CallAppointment> find(Statements statements, UUID id) {
        return statements.first(FIND, Tuple.of(id), CallAppointment::of);
    }

    /** A contact's next one; null where there is none. */
    public Uni<@Nullable CallAppointment> next(Statements statements, UUID contactId) {
        return statements.first(NEXT, Tuple.of(contactId), CallAppointment::of);
    }

    /** Null where the time is not on offer, or has just been taken. */
    public Uni<@Nullable CallAppointment> book(
            Statements statements,
            UUID contactId,
            String serviceType,
            OffsetDateTime scheduledAt,
            int minutes,
            @Nullable String notes) {
        var args = Tuple.of(contactId, serviceType, scheduledAt, minutes, notes);
        return statements
                .first(BOOK, args, CallAppointments::id)
                .onItem()
                .ifNotNull()
                .transformToUni(id -> find(statements, id));
    }

    /** Null where the time is not on offer, or the appointment cannot be moved. */
    public Uni<@Nullable CallAppointment> move(
            Statements statements, UUID id, OffsetDateTime scheduledAt, int minutes) {
        return statements
                .first(MOVE, Tuple.of(id, scheduledAt, minutes), CallAppointments::id)
                .onItem()
                .ifNotNull()
                .transformToUni(person -> find(statements, id));
    }

    /** Null where it cannot be cancelled. @param note goes below the appointment's notes */
    public Uni<@Nullable UUID> cancel(Statements statements, UUID id, @Nullable String note) {
        return statements.first(CANCEL, Tuple.of(id, note), CallAppointments::id);
    }

    /** The length of an appointment where none is given: a slot of the grid. */
    public Uni<Integer> usualMinutes(Statements statements) {
        return statements.first(LENGTH, Tuple.tuple(), row -> row.getInteger("minutes"));
    }

    private static @Nullable UUID id(Row row) {
        return row.getUUID("id");
    }
}
