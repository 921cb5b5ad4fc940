package io.switchboard.crm.calendar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.fortuna.ical4j.data.CalendarBuilder;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.component.VEvent;

/** What holds for every calendar that is given out. */
final class CalendarChecks {
    private CalendarChecks() {}

    /** Valid by ical4j, which misses a TZID without a definition; and of lines that are not too long. */
    static Calendar valid(String text) {
        var calendar = parsed(text);
        var faults = calendar.validate();
        assertFalse(faults.hasErrors(), () -> faults + "\n" + text);
        assertFalse(text.contains("TZID") || text.contains("VTIMEZONE"), text);
        assertTrue(text.endsWith("END:VCALENDAR\r\n"), text);
        for (var line : text.split("\r\n", -1)) {
            assertTrue(line.getBytes(StandardCharsets.UTF_8).length <= 75, line);
            assertFalse(line.contains("\n") || line.contains("\r"), line);
        }
        assertEquals(
                text, new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)); // no half characters
        return calendar;
    }

    static List<VEvent> events(String text) {
        return valid(text).getComponents("VEVENT").stream()
                .map(VEvent.class::cast)
                .toList();
    }

    /** The value of the only event's property. */
    static String value(String text, String property) {
        var events = events(text);
        assertEquals(1, events.size(), text);
        return value(events.get(0), property);
    }

    static String value(VEvent event, String property) {
        return event.getRequiredProperty(property).getValue();
    }

    private static Calendar parsed(String text) {
        try {
            return new CalendarBuilder().build(new StringReader(text));
        } catch (Exception e) {
            throw new AssertionError(text, e);
        }
    }
}
