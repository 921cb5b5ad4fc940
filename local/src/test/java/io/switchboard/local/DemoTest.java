package io.switchboard.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The whole way of a call and of a conversation, as {@code ./switchboard demo} shows it; it fails by itself where something is missing. */
class DemoTest {
    static String text;

    @BeforeAll
    static void play() {
        var shown = new ByteArrayOutputStream();
        RunningSuite.ready()
                .demo(new PrintStream(shown, true, StandardCharsets.UTF_8))
                .play();
        text = shown.toString(StandardCharsets.UTF_8);
    }

    @Test
    void it_shows_a_call_with_two_legs_and_a_missed_one() {
        shows(
                "One call with two legs: Vapi told of it, and Twilio beneath it",
                "call        vapi +15555550142 -> +15555550100, inbound, ended after 23 s",
                "leg         twilio +15555550142 -> +15555550100, inbound, 23 s",
                "leg         twilio +15555550142 -> +15555550110, outbound, 9 s",
                "GET /api/calls lists it once, beside the missed call",
                "The contact",
                "The notification, for the call that nobody answered",
                "What another organization");
    }

    @Test
    void it_shows_a_conversation_that_books_and_opens_a_ticket() {
        shows(
                "Northside Clinic, how may I help you?",
                "A contact without a name.",
                "Free: ",
                "Booked: Check-up on ",
                "Opened ticket number 1: Send the last bill again.",
                "call        vapi +15555550142 -> +15555550120, inbound, ended after 88 s",
                "a repeat",
                "GET /api/calls shows Northside Clinic this call, and none of the others");
    }

    @Test
    void it_shows_the_appointment_the_ticket_and_who_was_told() {
        shows(
                "The appointment, and its .ics",
                "DTSTART",
                "appointment_booked",
                "number 1: Send the last bill again, new",
                "ticket_assigned",
                "Ticket for Front desk",
                "Subject: ",
                "signature verified");
        assertEquals(2, text.split("The mail to ", -1).length - 1, text);
    }

    @Test
    void it_shows_the_usage_under_the_call_s_id() {
        var call = found("\n  call ([0-9a-f-]{36})\n");
        shows("run         " + call + ", call: 908 tokens, 88 s, 0.0444 USD", "1 run, 908 of 100000 tokens used");
    }

    @Test
    void it_shows_the_audit_trail_by_the_ids_of_the_requests_and_the_call() {
        var booking = found("\n  book_appointment +200 in +\\d+ ms, request (\\S+)\n");
        var ticket = found("\n  open_ticket +200 in +\\d+ ms, request (\\S+)\n");
        assertTrue(trail("request " + booking + ", book_appointment").contains("create  appointments"), text);
        assertTrue(trail("request " + ticket + ", open_ticket").contains("create  tickets"), text);
        var report = trail("event " + found("\n  event (\\S+), end-of-call-report\n") + ", end-of-call-report");
        assertTrue(report.contains("call_logs") && report.contains("create  agent_runs"), text);
        assertTrue(trail("call " + found("\n  call ([0-9a-f-]{36})\n")).contains("create  call_logs"), text);
    }

    @Test
    void it_verifies_the_log_and_names_the_record_that_was_changed() {
        shows(
                "The log can be proved: it is exported and verified offline",
                "records, all since the sign-up",
                "valid: ");
        var line = Integer.parseInt(found("one byte of a copy is changed, in line (\\d+)"));
        shows("broken: first at sequence " + (line - 2) + ", id ");
    }

    private static void shows(String... parts) {
        for (var part : List.of(parts)) {
            assertTrue(text.contains(part), () -> part + " is missing in\n" + text);
        }
    }

    private static String found(String pattern) {
        var matcher = Pattern.compile(pattern).matcher(text);
        assertTrue(matcher.find(), () -> pattern + " is missing in\n" + text);
        return matcher.group(1);
    }

    /** The records below a heading. */
    private static String trail(String heading) {
        var begin = text.indexOf("\n  " + heading + "\n");
        assertTrue(begin >= 0, () -> heading + " is missing in\n" + text);
        var records = text.substring(begin + heading.length() + 4);
        var end = Pattern.compile("^  [a-z]|^$", Pattern.MULTILINE).matcher(records);
        return end.find() ? records.substring(0, end.start()) : records;
    }
}
