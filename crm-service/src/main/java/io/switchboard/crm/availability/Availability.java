package io.switchboard.crm.availability;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.Cursor;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.member.Members;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.Statements;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds the times that the organization can be booked. SQL decides: its functions are in db/availability. */
@ApplicationScoped
public class Availability {
    private static final UUID NO_ID = new UUID(0, 0);
    private static final String SLOTS = "select \"start\", \"end\" from available_slots($1, $2, $3, $4, $5)";
    private static final String SPOKEN_SLOTS =
            "select \"start\", \"end\", local_text(\"start\") as spoken from available_slots($1, $2, $3, null, $4)";
    private static final String ALTERNATIVES =
            "select \"start\", \"end\", local_text(\"start\") as spoken from alternative_slots($1, $2, null, $3)";

    private final TenantSql sql;
    private final Members members;

    Availability(TenantSql sql, Members members) {
        this.sql = sql;
        this.members = members;
    }

    /** Fails with {@code unavailable} while the organization's hours are not known here and auth-service is away. */
    Uni<PageOf<SlotView>> list(CallerContext caller, AvailabilityFilter filter, Page page) {
        var after = page.after();
        var since = after == null ? filter.from() : later(filter.from(), after.time());
        var args = Tuple.of(since, filter.to(), filter.durationMinutes(), filter.assigneeId(), page.rows());
        return members.settings(caller)
                .chain(known -> sql.list(caller, SLOTS, args, SlotView::of))
                .map(slots -> PageOf.of(slots, page, last -> Cursor.at(last.start(), NO_ID)));
    }

    /** The first free times between two instants, in a transaction that is open. */
    public Uni<List<SpokenSlot>> first(
            Statements statements, OffsetDateTime since, OffsetDateTime until, int minutes, int atMost) {
        return statements.list(SPOKEN_SLOTS, Tuple.of(since, until, minutes, atMost), SpokenSlot::of);
    }

    /**
     * Up to three free times for one that is not free: the nearest ones, in order.
     *
     * @param moved an appointment that is to be moved, and so blocks nothing
     */
    public Uni<List<SpokenSlot>> alternatives(
            Statements statements, OffsetDateTime wanted, int minutes, @Nullable UUID moved) {
        return statements.list(ALTERNATIVES, Tuple.of(wanted, minutes, moved), SpokenSlot::of);
    }

    /** PostgreSQL counts microseconds: the next possible start. */
    private static OffsetDateTime later(OffsetDateTime from, OffsetDateTime last) {
        var next = last.plus(1, ChronoUnit.MICROS);
        return next.isAfter(from) ? next : from;
    }
}
