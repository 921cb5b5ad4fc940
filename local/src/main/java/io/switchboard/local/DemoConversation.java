package io.switchboard.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * A call that a voice agent answers, as Vapi plays it: it asks who answers, has the tools used that the language model asks for, and
 * reports in the end.
 */
final class DemoConversation {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SECONDS = 88;

    private final DemoEndpoint vapi;
    private final DemoFrontDesk desk;
    private final DemoPrint print;
    private final Map<String, String> values;
    private int toolCalls;

    DemoConversation(DemoEndpoint vapi, DemoFrontDesk desk, DemoPrint print) {
        this.vapi = vapi;
        this.desk = desk;
        this.print = print;
        Instant ended = Instant.now().truncatedTo(ChronoUnit.MILLIS).minusSeconds(7);
        values = DemoCalls.ofVapi(DemoFrontDesk.NUMBER, ended.minusSeconds(SECONDS), ended);
    }

    /**
     * What came of it.
     *
     * @param callId the provider's
     * @param booking the request that booked, by its id
     * @param ticket the request that opened the ticket, by its id
     * @param reportedAt by {@link System#nanoTime}
     */
    record Held(String callId, String booking, String ticket, long bookedAt, long reportedAt) {}

    /** What a tool call was answered. */
    private record Used(String text, String requestId) {
        /** Behind the sentence there is what it says for programs. */
        String sentence() {
            return text.contains(" {") ? text.substring(0, text.indexOf(" {")) : text;
        }

        JsonNode data() {
            return read(text.substring(text.indexOf(" {") + 1));
        }
    }

    Held play() {
        print.fact("call", values.get("callId"));
        greet();
        deliver("status-update in-progress", "vapi-in-progress");
        use("lookup_contact", Map.of("phone", DemoCalls.CALLER));
        String start =
                use("check_availability", nextDays()).data().findValue("start").asText();
        Used booked = use("book_appointment", booking(start));
        long bookedAt = System.nanoTime();
        repeat(booked, start);
        Used opened = use(
                "open_ticket",
                Map.of(
                        "phone", DemoCalls.CALLER,
                        "title", "Send the last bill again",
                        "description", "The bill of October got lost."));
        print.delivered("end-of-call-report", deliver("end-of-call-report", "vapi-conversation-report"));
        return new Held(values.get("callId"), booked.requestId(), opened.requestId(), bookedAt, System.nanoTime());
    }

    private void greet() {
        Api.Answer answer = Demo.wait("an assistant for the call", () -> {
            Api.Answer asked = deliver("assistant-request", "vapi-assistant-request");
            return asked.body().has("assistant") ? asked : null;
        });
        print.delivered("assistant-request", answer);
        String greeting = answer.body().path("assistant").path("firstMessage").asText();
        if (!greeting.equals(desk.greeting())) {
            throw new Refusal("This must never be: the assistant greets with " + greeting);
        }
        print.said(greeting);
        JsonNode known = answer.body().path("assistantOverrides").path("variableValues");
        print.said(
                "It knows of the caller: last call " + known.path("lastCallAt").asText() + ", open tickets "
                        + known.path("openTickets").asText());
    }

    private static Map<String, Object> nextDays() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        return Map.of("from", now.toString(), "to", now.plus(Duration.ofDays(3)).toString(), "durationMinutes", 30);
    }

    private static Map<String, Object> booking(String start) {
        return Map.of(
                "phone",
                DemoCalls.CALLER,
                "name",
                "Robin Example",
                "serviceType",
                "Check-up",
                "scheduledAt",
                start,
                "durationMinutes",
                30);
    }

    /** As models do after an interruption: the same again, under another id and in other words. */
    private void repeat(Used booked, String start) {
        Map<String, Object> arguments = new HashMap<>(booking(start));
        arguments.put("durationMinutes", "30 minutes");
        Used again = use("book_appointment", arguments);
        if (!again.text().equals(booked.text())) {
            throw new Refusal("This must never be: the same booking was answered " + again.text());
        }
    }

    /** What is not possible at the moment is asked for again, under the same id. */
    private Used use(String tool, Map<String, Object> arguments) {
        toolCalls++;
        Map<String, String> more =
                Map.of("toolCallId", "call_demo" + toolCalls, "tool", tool, "arguments", written(arguments));
        SampleDelivery delivery = SampleDelivery.vapi("tool-calls " + tool, "vapi-tool-calls", with(more));
        String requestId = UUID.randomUUID().toString();
        Api.Answer answer = Demo.wait("a result of " + tool, () -> {
            Api.Answer asked = vapi.deliver(delivery, requestId);
            return result(asked).isTextual() ? asked : null;
        });
        Used used = new Used(result(answer).asText(), answer.requestId());
        print.delivered(tool, answer);
        print.said(used.sentence());
        return used;
    }

    private static JsonNode result(Api.Answer answer) {
        return answer.body().path("results").path(0).path("result");
    }

    private Api.Answer deliver(String what, String sample) {
        return vapi.deliver(SampleDelivery.vapi(what, sample, values));
    }

    private Map<String, String> with(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(values);
        all.putAll(more);
        return all;
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static String written(Map<String, Object> arguments) {
        try {
            return JSON.writeValueAsString(arguments);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
