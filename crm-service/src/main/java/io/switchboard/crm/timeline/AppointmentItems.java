package io.switchboard.crm.timeline;

import io.smallrye.mutiny.Uni;
import io.switchboard.crm.appointment.AppointmentView;
import io.switchboard.crm.appointment.ContactAppointments;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.tenant.CallerContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.UUID;

/** A contact's appointments, those to come too. */
@ApplicationScoped
class AppointmentItems implements TimelineSource {
    private final ContactAppointments appointments;

    AppointmentItems(ContactAppointments appointments) {
        this.appointments = appointments;
    }

    @Override
    public String kind() {
        return "appointment";
    }

    @Override
    public String plural() {
        return "appointments";
    }

    @Override
    public Uni<PageOf<TimelineItem>> list(CallerContext caller, UUID contactId, Page page) {
        return appointments
                .list(caller, contactId, page)
                .map(found ->
                        new PageOf<>(found.items().stream().map(this::item).toList(), found.nextCursor()));
    }

    private TimelineItem item(AppointmentView appointment) {
        var data = new HashMap<String, Object>();
        data.put("serviceType", appointment.serviceType());
        data.put("status", appointment.status());
        data.put("durationMinutes", appointment.durationMinutes());
        data.put("endsAt", appointment.endsAt());
        data.put("assigneeId", appointment.assigneeId());
        data.put("calendarLink", appointment.calendarLink());
        data.put("notes", appointment.notes());
        return new TimelineItem(kind(), appointment.id(), appointment.scheduledAt(), title(appointment), data);
    }

    private static String title(AppointmentView appointment) {
        return switch (appointment.status()) {
            case CANCELLED -> "Cancelled appointment";
            case NO_SHOW -> "Missed appointment";
            default -> "Appointment";
        };
    }
}
