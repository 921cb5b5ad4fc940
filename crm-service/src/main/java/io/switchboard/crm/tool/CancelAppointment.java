package io.switchboard.crm.tool;

import io.smallrye.mutiny.Uni;
import io.switchboard.crm.appointment.CallAppointment;
import io.switchboard.crm.appointment.CallAppointments;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.Statements;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** Cancels an appointment. The reason goes into its notes. */
@ApplicationScoped
class CancelAppointment implements Tool {
    private final CallAppointments appointments;

    CancelAppointment(CallAppointments appointments) {
        this.appointments = appointments;
    }

    @Override
    public String name() {
        return "cancel_appointment";
    }

    @Override
    public Uni<Work> prepare(CallerContext caller, ToolArguments arguments) {
        var id = AppointmentArgument.of(arguments);
        var reason = arguments.text("reason", 1_000);
        return Tool.ready(statements -> AppointmentArgument.open(appointments, statements, id)
                .chain(known -> cancel(statements, known, reason)));
    }

    private Uni<ToolResult> cancel(Statements statements, CallAppointment known, @Nullable String reason) {
        return appointments
                .cancel(statements, known.id(), reason == null ? null : "Cancelled in a call: " + reason)
                .onItem()
                .ifNull()
                .failWith(() -> new ToolRefusal("That appointment was changed just now. Please ask for it again."))
                .chain(id -> appointments.find(statements, known.id()))
                .map(appointment -> cancelled(appointment == null ? known : appointment));
    }

    private static ToolResult cancelled(CallAppointment appointment) {
        return new ToolResult(
                "Cancelled: " + appointment.serviceType() + " on " + appointment.spoken() + ".",
                AppointmentArgument.data(appointment),
                appointment.contactId());
    }
}
