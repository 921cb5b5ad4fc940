package io.switchboard.crm.calendar;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.ComponentList;
import net.fortuna.ical4j.model.ParameterList;
import net.fortuna.ical4j.model.Property;
import net.fortuna.ical4j.model.PropertyList;
import net.fortuna.ical4j.model.component.CalendarComponent;
import net.fortuna.ical4j.model.component.VEvent;
import net.fortuna.ical4j.model.component.VFreeBusy;
import net.fortuna.ical4j.model.parameter.FbType;
import net.fortuna.ical4j.model.property.Attendee;
import net.fortuna.ical4j.model.property.Description;
import net.fortuna.ical4j.model.property.DtEnd;
import net.fortuna.ical4j.model.property.DtStamp;
import net.fortuna.ical4j.model.property.DtStart;
import net.fortuna.ical4j.model.property.FreeBusy;
import net.fortuna.ical4j.model.property.LastModified;
import net.fortuna.ical4j.model.property.Method;
import net.fortuna.ical4j.model.property.Organizer;
import net.fortuna.ical4j.model.property.ProdId;
import net.fortuna.ical4j.model.property.Sequence;
import net.fortuna.ical4j.model.property.Status;
import net.fortuna.ical4j.model.property.Summary;
import net.fortuna.ical4j.model.property.Uid;
import net.fortuna.ical4j.model.property.immutable.ImmutableCalScale;
import net.fortuna.ical4j.model.property.immutable.ImmutableMethod;
import net.fortuna.ical4j.model.property.immutable.ImmutableStatus;
import net.fortuna.ical4j.model.property.immutable.ImmutableVersion;

/**
 * Writes appointments as iCalendar (RFC 5545). All times are in UTC, so that no app reads them by time zone rules of its own. The same
 * appointment always has the same UID. Takes a while for many: not on an event loop.
 */
public final class AppointmentCalendar {
    /** An address that no one has (RFC 2606): METHOD:PUBLISH demands an organizer, and nothing is to be sent there. */
    private static final String NO_ORGANIZER = "appointments@switchboard.invalid";

    private static final ProdId PRODUCT = new ProdId("-//Switchboard//Appointments//EN");

    private AppointmentCalendar() {}

    /** For a feed or a file. */
    public static String publish(List<CalendarAppointment> appointments) {
        var events = appointments.stream()
                .map(appointment ->
                        event(appointment, status(appointment), List.of(new Organizer(mailto(NO_ORGANIZER)))))
                .toList();
        return text(ImmutableMethod.PUBLISH, events.isEmpty() ? List.of(placeholder()) : events);
    }

    /** An invitation, or a change of one: METHOD:REQUEST. @param organizer and attendee e-mail addresses */
    public static String request(CalendarAppointment appointment, String organizer, String attendee) {
        return text(
                ImmutableMethod.REQUEST, List.of(event(appointment, status(appointment), people(organizer, attendee))));
    }

    /** Takes an invitation back: METHOD:CANCEL. @param organizer and attendee e-mail addresses */
    public static String cancel(CalendarAppointment appointment, String organizer, String attendee) {
        return text(
                ImmutableMethod.CANCEL,
                List.of(event(appointment, ImmutableStatus.VEVENT_CANCELLED, people(organizer, attendee))));
    }

    private static List<Property> people(String organizer, String attendee) {
        return List.of(new Organizer(mailto(organizer)), new Attendee(mailto(attendee)));
    }

    /** DTSTAMP is the time of the last change: an unchanged appointment is the same text every time. */
    private static VEvent event(CalendarAppointment appointment, Status status, List<Property> people) {
        var properties = new ArrayList<Property>();
        properties.add(new Uid(appointment.id() + "@switchboard"));
        properties.add(new DtStamp(appointment.updatedAt()));
        properties.add(new LastModified(appointment.updatedAt()));
        properties.add(new Sequence(appointment.sequence()));
        properties.add(new DtStart<>(appointment.start()));
        properties.add(new DtEnd<>(appointment.end()));
        properties.add(new Summary(CalendarText.line(appointment.summary())));
        var description = appointment.description();
        if (description != null) {
            properties.add(new Description(CalendarText.of(description)));
        }
        properties.add(status);
        properties.addAll(people);
        return new VEvent(new PropertyList(properties));
    }

    private static Status status(CalendarAppointment appointment) {
        return switch (appointment.status()) {
            case "pending" -> ImmutableStatus.VEVENT_TENTATIVE;
            case "cancelled", "no_show" -> ImmutableStatus.VEVENT_CANCELLED;
            default -> ImmutableStatus.VEVENT_CONFIRMED;
        };
    }

    /** A calendar must have a component (RFC 5545, 3.6), and apps show nothing of this one: that a person was free long ago. */
    private static VFreeBusy placeholder() {
        return new VFreeBusy(new PropertyList(List.of(
                new Uid("no-appointments@switchboard"),
                new DtStamp(Instant.EPOCH),
                new DtStart<>(Instant.EPOCH),
                new DtEnd<>(Instant.EPOCH.plusSeconds(60)),
                new FreeBusy(new ParameterList(List.of(FbType.FREE)), "19700101T000000Z/19700101T000100Z"),
                new Organizer(mailto(NO_ORGANIZER)))));
    }

    private static String text(Method method, List<? extends CalendarComponent> content) {
        var properties =
                new PropertyList(List.of(PRODUCT, ImmutableVersion.VERSION_2_0, ImmutableCalScale.GREGORIAN, method));
        var components = new ComponentList<CalendarComponent>(List.copyOf(content));
        return CalendarText.fold(new Calendar(properties, components).toString());
    }

    /** Escapes all that is not plain, so that an address cannot add a parameter, a property or a second address. */
    private static URI mailto(String address) {
        var uri = new StringBuilder("mailto:");
        for (var octet : address.getBytes(StandardCharsets.UTF_8)) {
            var c = (char) (octet & 0xff);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || "-._~@+!$'*".indexOf(c) >= 0)) {
                uri.append(c);
            } else {
                uri.append(String.format("%%%02X", (int) c));
            }
        }
        return URI.create(uri.toString());
    }
}
