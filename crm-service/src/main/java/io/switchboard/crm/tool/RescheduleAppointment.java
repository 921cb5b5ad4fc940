package io.switchboard.crm.tool;

import io.smallrye.mutiny.Uni;
import io.switchboard.crm.appointment.CallAppointment;
import io.switchboard.crm.appointment.CallAppointments;
import io.switchboard.crm.availability.Availability;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.Statements;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Moves an appointment to a free time; with its assignee where that is possible, else with another free person. */
@ApplicationScoped
class RescheduleAppointment implements Tool {
    private final CallAppointments appointments;
    private final Availability availability;

    RescheduleAppointment(CallAppointments appointments, Availability availability) {
        this.appointments = appointments;
        this.availability = availability;
    }

    @Override
    public String name() {
        return "reschedule_appointment";
    }

    @Override
    public Uni<Work> prepare(CallerContext caller, ToolArguments arguments) {
        var id = AppointmentArgument.of(arguments);
        var time = SpokenTimes.written(arguments, "scheduledAt", "I need the new day and time of the appointment.");
        var minutes = arguments.minutes("durationMinutes");
        return Tool.ready(statements -> AppointmentArgument.open(appointments, statements, id)
                .chain(known -> SpokenTimes.read(statements, time.iso())
                        .chain(heard -> move(statements, known, heard, minutes))));
    }

    private Uni<ToolResult> move(
            Statements statements, CallAppointment known, OffsetDateTime time, @Nullable Integer given) {
        var minutes = given == null ? known.durationMinutes() : given;
        return appointments
                .move(statements, known.id(), time, minutes)
                .onItem()
                .ifNull()
                .switchTo(() -> refuse(statements, known, time, minutes))
                .map(RescheduleAppointment::moved);
    }

    private Uni<CallAppointment> refuse(
            Statements statements, CallAppointment known, OffsetDateTime time, int minutes) {
        return SpokenTimes.speak(statements, time)
                .chain(spoken -> availability
                        .alternatives(statements, time, minutes, known.id())
                        .map(free -> SpokenTimes.notAvailable(spoken, free)))
                .chain(refusal -> Uni.createFrom().failure(refusal));
    }

    private static ToolResult moved(CallAppointment appointment) {
        return new ToolResult(
                "Moved: " + appointment.serviceType() + " is now " + AppointmentArgument.when(appointment) + ".",
                AppointmentArgument.data(appointment),
                appointment.contactId());
    }
}
