package io.switchboard.crm.confirmation;

import io.switchboard.crm.calendar.AppointmentCalendar;
import io.switchboard.crm.calendar.CalendarAppointment;
import io.switchboard.kit.mail.CalendarPart;
import io.switchboard.kit.mail.Email;
import io.vertx.sqlclient.Row;
import org.jspecify.annotations.Nullable;

/**
 * What a contact is told of an appointment. Neither notes nor the contact's name are: a caller may have said anything.
 *
 * @param when in the organization's time, with its zone
 * @param isKnown whether the contact was told of it before
 */
record AppointmentMail(
        CalendarAppointment appointment,
        String email,
        String when,
        int minutes,
        @Nullable String link,
        boolean isKnown,
        boolean isOver) {

    /** Columns of the appointment {@code a} and its contact {@code c}. */
    static final String COLUMNS =
            "a.id, a.scheduled_at, a.ends_at, a.duration_minutes, a.service_type, a.calendar_link,"
                    + " a.status::text, a.sequence, a.updated_at, a.confirmation_sent, c.email,"
                    + " local_text(a.scheduled_at) || ' (' || (select time_zone from business_calendar()) || ')' as local_time,"
                    + " appointment_mail_kind(a.status, a.deleted_at) = 'cancel' as is_over";

    static AppointmentMail of(Row row) {
        var link = row.getString("calendar_link");
        return new AppointmentMail(
                new CalendarAppointment(
                        row.getUUID("id"),
                        row.getOffsetDateTime("scheduled_at").toInstant(),
                        row.getOffsetDateTime("ends_at").toInstant(),
                        row.getString("service_type"),
                        link,
                        row.getString("status"),
                        row.getInteger("sequence"),
                        row.getOffsetDateTime("updated_at").toInstant()),
                row.getString("email"),
                row.getString("local_time"),
                row.getInteger("duration_minutes"),
                link,
                row.getBoolean("confirmation_sent"),
                row.getBoolean("is_over"));
    }

    /** It is too late once the appointment has begun. */
    Email compose(String organizer) {
        return new Email(
                email, subject() + ": " + appointment.summary(), text(), appointment.start(), calendar(organizer));
    }

    private String subject() {
        if (isOver) {
            return "Appointment cancelled";
        }
        return isKnown ? "Appointment changed" : "Appointment";
    }

    private String text() {
        var text = new StringBuilder()
                .append(appointment.summary().strip())
                .append('\n')
                .append(when)
                .append(", ")
                .append(minutes)
                .append(" minutes\n");
        if (isOver) {
            return text.append("\nThis appointment is cancelled.\n").toString();
        }
        if (link != null) {
            text.append(link).append('\n');
        }
        return text.append("\nThe attached file puts it into your calendar.\n").toString();
    }

    private CalendarPart calendar(String organizer) {
        return isOver
                ? new CalendarPart("CANCEL", AppointmentCalendar.cancel(appointment, organizer, email))
                : new CalendarPart("REQUEST", AppointmentCalendar.request(appointment, organizer, email));
    }
}
