package io.switchboard.crm.calendar;

import static io.switchboard.crm.calendar.CalendarChecks.events;
import static io.switchboard.crm.calendar.CalendarChecks.valid;
import static io.switchboard.crm.calendar.CalendarChecks.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AppointmentCalendarTest {
    static final UUID ID = UUID.fromString("0198f2c4-7d3a-7c51-9b1e-2f6a8d4c0e17");
    static final Instant START = Instant.parse("2026-12-01T22:30:00Z");

    @Test
    void an_appointment_is_written_in_utc() {
        var text = AppointmentCalendar.publish(List.of(appointment("Roof check: Ada", "+15555550142", "confirmed")));
        valid(text);
        for (var line : List.of(
                "METHOD:PUBLISH",
                "UID:" + ID + "@switchboard",
                "DTSTART:20261201T223000Z",
                "DTEND:20261201T233000Z",
                "DTSTAMP:20261101T080000Z",
                "LAST-MODIFIED:20261101T080000Z",
                "SEQUENCE:3",
                "STATUS:CONFIRMED",
                "SUMMARY:Roof check: Ada",
                "DESCRIPTION:+15555550142")) {
            assertTrue(text.contains("\r\n" + line + "\r\n"), line + " in\n" + text);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "pending, TENTATIVE",
        "confirmed, CONFIRMED",
        "in_progress, CONFIRMED",
        "completed, CONFIRMED",
        "cancelled, CANCELLED",
        "no_show, CANCELLED"
    })
    void each_status_has_one_of_a_calendar(String status, String shown) {
        assertEquals(shown, value(AppointmentCalendar.publish(List.of(appointment("A", null, status))), "STATUS"));
    }

    @Test
    void an_invitation_and_its_end_name_who_and_whom() {
        var appointment = appointment("Roof check", null, "confirmed");
        var request = AppointmentCalendar.request(appointment, "desk@acme.example", "ada@example.com");
        assertTrue(request.contains("METHOD:REQUEST\r\n"));
        assertEquals("mailto:desk@acme.example", value(request, "ORGANIZER"));
        assertEquals("mailto:ada@example.com", value(request, "ATTENDEE"));
        assertEquals("CONFIRMED", value(request, "STATUS"));

        var cancel = AppointmentCalendar.cancel(appointment, "desk@acme.example", "ada@example.com");
        assertTrue(cancel.contains("METHOD:CANCEL\r\n"));
        assertEquals("CANCELLED", value(cancel, "STATUS"));
        assertEquals(value(request, "UID"), value(cancel, "UID"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ada@example.com\r\nATTENDEE:mailto:eve@example.com",
                "ada@example.com,eve@example.com",
                "ada@example.com?cc=eve@example.com&body=x",
                "ada;CN=\"Eve\":x@example.com",
                "ädä@exämple.com \u202e 🏠%00\u0000"
            })
    void a_hostile_address_stays_one_address(String address) {
        var text = AppointmentCalendar.request(appointment("A", null, "pending"), "desk@acme.example", address);
        var attendees = events(text).get(0).getProperties("ATTENDEE");
        assertEquals(1, attendees.size());
        assertTrue(attendees.get(0).getValue().matches("mailto:[A-Za-z0-9@.%+!$'*~_-]+"), text);
        assertTrue(attendees.get(0).getParameters().isEmpty(), text);
    }

    @Test
    void line_ends_commas_and_the_like_come_back_as_they_were() {
        var said = "a,b;c\\d \"e\"\nBEGIN:VEVENT\nEND:VCALENDAR\nX:y\\n";
        var text = AppointmentCalendar.publish(List.of(appointment("Ada, Eve; \\ Bob", said, "confirmed")));
        assertEquals(1, events(text).size());
        assertEquals("Ada, Eve; \\ Bob", value(text, "SUMMARY"));
        assertEquals(said, value(text, "DESCRIPTION"));
    }

    @Test
    void all_kinds_of_line_ends_are_one() {
        var text = AppointmentCalendar.publish(
                List.of(appointment("a\r\nb\u2028c", "1\r\n2\r3\u00854\u20295\u000b6\f7", "pending")));
        assertEquals("a b c", value(text, "SUMMARY"));
        assertEquals("1\n2\n3\n4\n5\n6\n7", value(text, "DESCRIPTION"));
    }

    @Test
    void control_characters_and_reordering_marks_are_left_out() {
        var text = AppointmentCalendar.publish(List.of(appointment(
                "A\u0000d\u0007a\u001b \u202egnp.exe\u2066x\u2069", "\u0001\u007f\u009f ok\ud83d", "pending")));
        assertEquals("A\ufffdda gnp.exex", value(text, "SUMMARY"));
        assertFalse(text.chars().anyMatch(c -> c < 0x20 && c != '\r' && c != '\n' || c >= 0x7f && c < 0xa0), text);
        assertEquals("ok\ufffd", value(text, "DESCRIPTION").strip());
    }

    @Test
    void long_lines_break_between_characters() {
        for (int shift = 0; shift < 8; shift++) {
            var said = "x".repeat(shift) + "🏠ä語".repeat(200);
            var text = AppointmentCalendar.publish(List.of(appointment(said, said, "confirmed")));
            assertEquals(said, value(text, "SUMMARY"));
            assertEquals(said, value(text, "DESCRIPTION"));
        }
    }

    @Test
    void the_same_appointments_are_the_same_text() {
        var appointments = IntStream.range(0, 2_000)
                .mapToObj(n -> appointment("Roof check: Ada " + n, "+15555550142", "confirmed"))
                .toList();
        assertEquals(AppointmentCalendar.publish(appointments), AppointmentCalendar.publish(appointments));
    }

    @Test
    void a_calendar_without_appointments_is_one() {
        assertEquals(List.of(), events(AppointmentCalendar.publish(List.of())));
    }

    private static CalendarAppointment appointment(String summary, String description, String status) {
        return new CalendarAppointment(
                ID,
                START,
                START.plusSeconds(3_600),
                summary,
                description,
                status,
                3,
                Instant.parse("2026-11-01T08:00:00.123456Z"));
    }
}
