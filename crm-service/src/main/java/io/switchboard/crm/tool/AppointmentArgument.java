package io.switchboard.crm.tool;

import io.smallrye.mutiny.Uni;
import io.switchboard.crm.appointment.CallAppointment;
import io.switchboard.crm.appointment.CallAppointments;
import io.switchboard.kit.tenant.Statements;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The argument that says which appointment a tool call is about, and what tools tell of one. */
final class AppointmentArgument {
    private static final String UNKNOWN = "I do not know that appointment. Look the contact up to find its id.";

    private AppointmentArgument() {}

    /** Fails with {@link ToolRefusal}. */
    static UUID of(ToolArguments arguments) {
        var id = arguments.id("appointmentId");
        if (id == null) {
            throw new ToolRefusal(UNKNOWN);
        }
        return id;
    }

    /** One that can still be moved or cancelled. Fails with {@link ToolRefusal}. */
    static Uni<CallAppointment> open(CallAppointments appointments, Statements statements, UUID id) {
        return appointments.find(statements, id).invoke(AppointmentArgument::requireOpen);
    }

    private static void requireOpen(@Nullable CallAppointment appointment) {
        if (appointment == null) {
            throw new ToolRefusal(UNKNOWN);
        }
        if (!appointment.isOpen()) {
            throw closed(appointment.status());
        }
    }

    private static ToolRefusal closed(String status) {
        return new ToolRefusal(
                switch (status) {
                    case "in_progress" -> "That appointment has begun already.";
                    case "no_show" -> "That appointment is over: nobody came.";
                    default -> "That appointment is " + status + " already.";
                });
    }

    static Map<String, Object> data(CallAppointment appointment) {
        var data = new LinkedHashMap<String, Object>();
        data.put("appointmentId", appointment.id());
        data.put("contactId", appointment.contactId());
        data.put("serviceType", appointment.serviceType());
        data.put("scheduledAt", appointment.scheduledAt());
        data.put("durationMinutes", appointment.durationMinutes());
        data.put("status", appointment.status());
        data.put("assigneeName", appointment.assigneeName());
        data.put("spoken", appointment.spoken());
        return data;
    }

    /** Such as: on Tuesday, December 1, 2026 at 3:30 PM, 30 minutes, with Ada Lovelace. */
    static String when(CallAppointment appointment) {
        var who = appointment.assigneeName();
        return "on " + appointment.spoken() + ", " + appointment.durationMinutes() + " minutes"
                + (who == null ? "" : ", with " + who);
    }
}
