package io.switchboard.crm.tool;

import io.smallrye.mutiny.Uni;
import io.switchboard.crm.appointment.CallAppointments;
import io.switchboard.crm.availability.Availability;
import io.switchboard.crm.availability.SpokenSlot;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.Statements;
import io.switchboard.kit.value.WrittenTime;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells which times are free; where none is, which are free instead. */
@ApplicationScoped
class CheckAvailability implements Tool {
    private static final int MOST_TOLD = 10;
    private static final int MOST_SAID = 3;
    private static final int USUAL_DAYS = 7;
    private static final int MOST_DAYS = 31;

    private final CallAppointments appointments;
    private final Availability availability;

    CheckAvailability(CallAppointments appointments, Availability availability) {
        this.appointments = appointments;
        this.availability = availability;
    }

    @Override
    public String name() {
        return "check_availability";
    }

    private record Range(OffsetDateTime since, OffsetDateTime until) {}

    @Override
    public Uni<Work> prepare(CallerContext caller, ToolArguments arguments) {
        var from = SpokenTimes.written(arguments, "from");
        var to = SpokenTimes.written(arguments, "to");
        var minutes = arguments.minutes("durationMinutes");
        return Tool.ready(statements -> range(statements, from, to).chain(range -> (minutes == null
                        ? appointments.usualMinutes(statements)
                        : Uni.createFrom().item(minutes))
                .chain(length -> check(statements, range, length))));
    }

    /** From now on, for a week, where nothing is said. A day alone lasts until its end. */
    private static Uni<Range> range(Statements statements, @Nullable WrittenTime from, @Nullable WrittenTime to) {
        var since = from == null
                ? Uni.createFrom().item(OffsetDateTime.now(ZoneOffset.UTC))
                : SpokenTimes.read(statements, from.iso());
        return since.chain(first -> until(statements, first, from, to).map(last -> range(first, last)));
    }

    private static Uni<OffsetDateTime> until(
            Statements statements, OffsetDateTime since, @Nullable WrittenTime from, @Nullable WrittenTime to) {
        if (to != null) {
            return SpokenTimes.read(statements, to.isoOfEnd());
        }
        return from != null && from.time() == null
                ? SpokenTimes.read(statements, from.isoOfEnd())
                : Uni.createFrom().item(since.plusDays(USUAL_DAYS));
    }

    private static Range range(OffsetDateTime since, OffsetDateTime until) {
        if (!until.isAfter(since)) {
            throw new ToolRefusal("The end of that time is not after its beginning.");
        }
        var latest = since.plusDays(MOST_DAYS);
        return new Range(since, until.isAfter(latest) ? latest : until);
    }

    private Uni<ToolResult> check(Statements statements, Range range, int minutes) {
        return availability
                .first(statements, range.since(), range.until(), minutes, MOST_TOLD)
                .chain(free -> free.isEmpty()
                        ? availability
                                .alternatives(statements, range.since(), minutes, null)
                                .map(CheckAvailability::full)
                        : Uni.createFrom().item(found(free)));
    }

    private static ToolResult found(List<SpokenSlot> free) {
        var said = free.subList(0, Math.min(MOST_SAID, free.size()));
        var more = free.size() > said.size() ? " There are more." : "";
        return new ToolResult("Free: " + SpokenTimes.list(said, "and") + "." + more, Map.of("slots", free), null);
    }

    private static ToolResult full(List<SpokenSlot> alternatives) {
        return new ToolResult(
                alternatives.isEmpty()
                        ? "No time is free at the moment."
                        : "Nothing is free then. The nearest free times are " + SpokenTimes.list(alternatives, "and")
                                + ".",
                Map.of("slots", List.of(), "alternatives", alternatives),
                null);
    }
}
