package io.switchboard.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The whole way of a call and of a booking, as {@code ./switchboard demo} shows it; it fails by itself where something is missing. */
class DemoTest {
    final RunningSuite running = RunningSuite.ready();

    @Test
    void the_demo_shows_a_call_a_booking_and_a_webhook() {
        var shown = new ByteArrayOutputStream();
        running.demo(new PrintStream(shown, true, StandardCharsets.UTF_8)).play();
        var text = shown.toString(StandardCharsets.UTF_8);
        for (var part : List.of(
                "One call with two legs: Vapi told of it, and Twilio beneath it",
                "call        vapi +15555550142 -> +15555550100, inbound, ended after 23 s",
                "leg         twilio +15555550142 -> +15555550100, inbound, 23 s",
                "leg         twilio +15555550142 -> +15555550110, outbound, 9 s",
                "GET /api/calls lists it once, beside the missed call",
                "The contact",
                "The notification, for the call that nobody answered",
                "The audit trail",
                "The appointment, and its .ics",
                "DTSTART",
                "appointment_booked",
                "Subject: ",
                "signature verified",
                "What another organization")) {
            assertTrue(text.contains(part), () -> part + " is missing in\n" + text);
        }
        assertEquals(2, text.split("The mail to ", -1).length - 1, text);
    }
}
