package io.switchboard.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Puts what the demo sees into lines for a person. */
final class DemoPrint {
    private static final int MOST_RECORDS = 12;

    private final PrintStream out;

    DemoPrint(PrintStream out) {
        this.out = out;
    }

    void title(String title) {
        out.printf("%n%s%n", title);
    }

    /** @param since {@code System.nanoTime()} when the last delivery was answered */
    void title(String title, long since) {
        title(title, since, "the last delivery");
    }

    /** @param what was answered at that time */
    void title(String title, long since, String what) {
        title(String.format(Locale.ROOT, "%s (seen %.2f s after %s)", title, (System.nanoTime() - since) / 1e9, what));
    }

    void fact(String name, String value) {
        out.printf("  %-16s %s%n", name, value);
    }

    void delivered(SampleDelivery delivery, Api.Answer answer) {
        out.printf(
                "  %-8s %-28s %d in %d ms%n",
                delivery.provider(),
                delivery.what(),
                answer.status(),
                answer.took().toMillis());
    }

    /** What was asked during a call, and the request id of the answer. */
    void delivered(String what, Api.Answer answer) {
        line("%-28s %d in %3d ms, request %s"
                .formatted(what, answer.status(), answer.took().toMillis(), answer.requestId()));
    }

    /** What the assistant says, or is told. */
    void said(String text) {
        line("    " + text);
    }

    void call(JsonNode call) {
        out.printf(
                "  call        %s %s -> %s, %s, %s after %s s: %s%n",
                text(call, "provider"),
                text(call, "fromNumber"),
                text(call, "toNumber"),
                text(call, "direction"),
                text(call, "status"),
                text(call, "durationSeconds"),
                text(call, "endedReason"));
        for (JsonNode leg : call.path("legs")) {
            out.printf(
                    "  leg         %s %s -> %s, %s, %s s%n",
                    text(leg, "provider"),
                    text(leg, "fromNumber"),
                    text(leg, "toNumber"),
                    text(leg, "direction"),
                    text(leg, "durationSeconds"));
        }
        out.printf("  summary     %s%n", text(call, "summary"));
        String transcript = text(call, "transcript");
        transcript.lines().limit(3).forEach(line -> out.printf("  transcript  %s%n", line));
    }

    void contact(JsonNode contact) {
        out.printf(
                "  %s  %s, lead %s, last contact %s%n",
                text(contact, "phone"),
                contact.path("name").isTextual() ? text(contact, "name") : "(no name yet)",
                text(contact, "leadStatus"),
                text(contact, "lastContactAt"));
    }

    void notification(JsonNode notification) {
        out.printf(
                "  %s, %s, %s: %s%n",
                text(notification, "type"),
                text(notification, "priority"),
                text(notification, "status"),
                text(notification, "title"));
        out.printf("  %s%n", text(notification, "message"));
    }

    void appointment(JsonNode appointment) {
        line("%s, %s, %s minutes from %s"
                .formatted(
                        text(appointment, "serviceType"),
                        text(appointment, "status"),
                        text(appointment, "durationMinutes"),
                        text(appointment, "scheduledAt")));
    }

    void ticket(JsonNode ticket) {
        line("number %s: %s, %s, priority %s"
                .formatted(
                        text(ticket, "number"),
                        text(ticket, "title"),
                        text(ticket, "status"),
                        text(ticket, "priority")));
    }

    /** A repeat names the one whose result it has. */
    void toolCalls(JsonNode call) {
        for (JsonNode used : call.path("toolCalls")) {
            String took = used.path("repeats").isTextual() ? "a repeat" : text(used, "milliseconds") + " ms";
            line("tool        %-18s %8s  %s".formatted(text(used, "name"), took, used.path("arguments")));
        }
    }

    /** @param month of the run's owner */
    void usage(JsonNode run, JsonNode month) {
        line("run         %s, %s: %s tokens, %s s, %s USD"
                .formatted(
                        text(run, "id"),
                        text(run, "source"),
                        text(run, "tokens"),
                        text(run, "durationSeconds"),
                        text(run, "cost")));
        line("%s     %s run, %s of %s tokens used, until %s"
                .formatted(
                        text(month, "month"),
                        text(month, "runs"),
                        text(month, "tokens"),
                        text(month, "monthlyTokenQuota"),
                        text(month, "resetsAt")));
    }

    void line(String text) {
        out.printf("  %s%n", text);
    }

    /** @param by whose records these are */
    void audit(String by, List<JsonNode> records) {
        line(by);
        audit(records);
    }

    void audit(List<JsonNode> records) {
        records.stream()
                .sorted(Comparator.comparing(record -> text(record, "occurredAt")))
                .limit(MOST_RECORDS)
                .forEach(record -> out.printf(
                        "  %-27s  %-7s %-16s by %-14s  %s%n",
                        text(record, "occurredAt"),
                        text(record, "action"),
                        text(record, "resourceType"),
                        text(record, "service"),
                        changed(record)));
    }

    /** Fails if the organization sees anything. */
    void seen(Api stranger, Service service, String path) {
        int items = stranger.read(service, path).path("items").size();
        String shown = path.replaceAll("\\?.*", " of that call");
        if (items > 0) {
            throw new Refusal("This must never be: another organization sees " + items + " items at " + path);
        }
        out.printf("  GET %-60s nothing%n", shown);
    }

    /** Fails unless the answer is 404. */
    void refused(Api stranger, Service service, String path) {
        Api.Answer answer = stranger.get(service, path);
        if (answer.status() != 404) {
            throw new Refusal("This must never be: another organization gets " + answer.status() + " from " + path);
        }
        out.printf("  GET %-60s 404%n", path);
    }

    private static String changed(JsonNode record) {
        JsonNode fields = record.path("newData");
        StringBuilder names = new StringBuilder();
        fields.fieldNames().forEachRemaining(name -> names.append(names.isEmpty() ? "" : ", ")
                .append(name));
        return names.length() > 60 ? names.substring(0, 57) + "..." : names.toString();
    }

    private static String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isMissingNode() || value.isNull() ? "-" : value.asText();
    }
}
