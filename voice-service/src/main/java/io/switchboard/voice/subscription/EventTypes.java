package io.switchboard.voice.subscription;

import io.switchboard.kit.problem.Problem;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The types of events that a subscription may ask for. */
final class EventTypes {
    /** Sent by crm-service. */
    static final List<String> CRM = List.of(
            "contact.created",
            "contact.updated",
            "contact.merged",
            "contact.erased",
            "appointment.booked",
            "appointment.rescheduled",
            "appointment.cancelled",
            "appointment.completed",
            "appointment.no_show",
            "ticket.created",
            "ticket.updated",
            "notification.created");

    /** Recorded by the SQL function {@code record_call_events}. */
    static final List<String> CALLS = List.of("call.started", "call.ended", "call.analyzed", "call.recording_ready");

    /** Sent on demand, whatever the subscription asks for. */
    static final String TEST = "subscription.test";

    static final List<String> ALL = Stream.of(CRM, CALLS).flatMap(List::stream).toList();

    private EventTypes() {}

    /** Fails with {@code invalid} unless each is known and named once. */
    static String[] require(List<String> events) {
        if (!ALL.containsAll(events)) {
            throw Problem.invalid("events", "are among these: " + String.join(", ", ALL));
        }
        if (Set.copyOf(events).size() < events.size()) {
            throw Problem.invalid("events", "names each event once");
        }
        return events.toArray(String[]::new);
    }
}
