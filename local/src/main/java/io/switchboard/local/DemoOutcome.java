package io.switchboard.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What the conversation has left behind, as the organization and its client see it. */
final class DemoOutcome {
    private static final String REPORT = "the report";

    private final DemoTenant tenant;
    private final DemoClient client;
    private final DemoFrontDesk desk;
    private final DemoConversation.Held held;
    private final DemoPrint print;

    DemoOutcome(DemoTenant tenant, DemoClient client, DemoFrontDesk desk, DemoConversation.Held held, DemoPrint print) {
        this.tenant = tenant;
        this.client = client;
        this.desk = desk;
        this.held = held;
        this.print = print;
    }

    /** All of the call but the appointment. Answers the ticket. */
    JsonNode show() {
        JsonNode ticket = showTicket();
        JsonNode call = showCall();
        showUsage(call);
        showAudit(call);
        return ticket;
    }

    private JsonNode showTicket() {
        JsonNode ticket =
                Demo.wait("the ticket", () -> Demo.find(tenant.api().read(Service.CRM, "/api/tickets"), any -> true));
        JsonNode notification = Demo.wait(
                "a notification of the ticket",
                () -> Demo.find(
                        tenant.api().read(Service.CRM, "/api/notifications"),
                        one -> one.path("type").asText().equals("ticket_assigned")));
        print.title("The ticket, and the notification of the team that has it", held.reportedAt(), REPORT);
        print.ticket(ticket);
        print.notification(notification);
        return ticket;
    }

    private JsonNode showCall() {
        String id = Demo.wait(
                        "the call with its report",
                        () -> Demo.find(
                                client.api().read(Service.VOICE, "/api/calls"),
                                one -> one.path("providerCallId").asText().equals(held.callId())
                                        && one.path("summary").isTextual()))
                .path("id")
                .asText();
        JsonNode call = tenant.api().read(Service.VOICE, "/api/calls/" + id);
        print.title("The call, and what its assistant asked tools for", held.reportedAt(), REPORT);
        print.call(call);
        print.toolCalls(call);
        int seen = client.api().read(Service.VOICE, "/api/calls").path("items").size();
        if (seen != 1) {
            throw new Refusal("This must never be: the client sees " + seen + " calls");
        }
        print.line("GET /api/calls shows " + client.name() + " this call, and none of the others");
        return call;
    }

    private void showUsage(JsonNode call) {
        JsonNode run = Demo.wait(
                "the run of the call",
                () -> Demo.find(
                        tenant.api().read(Service.VOICE, "/api/agents/" + desk.agentId() + "/runs"),
                        one -> one.path("id").equals(call.path("id"))));
        JsonNode month = tenant.api().read(Service.VOICE, "/api/usage/current-month");
        print.title("The usage: a run of the voice agent, with the call's id", held.reportedAt(), REPORT);
        print.usage(run, month);
    }

    /** The requests by the ids that their answers had; the report by that of its event. */
    private void showAudit(JsonNode call) {
        String id = call.path("id").asText();
        JsonNode report = Demo.wait(
                "the event of the report",
                () -> Demo.find(
                        tenant.api().read(Service.VOICE, "/api/calls/" + id + "/events"),
                        one -> one.path("type").asText().equals("end-of-call-report")));
        List<JsonNode> booked = records("requestId=" + held.booking(), "appointments");
        List<JsonNode> opened = records("requestId=" + held.ticket(), "tickets");
        List<JsonNode> reported = records("requestId=" + report.path("id").asText(), "call_logs", "agent_runs");
        List<JsonNode> ofCall = records("resourceId=" + id, "call_logs", "agent_runs");
        print.title("The audit trail of all of it", held.reportedAt(), REPORT);
        print.audit("request " + held.booking() + ", book_appointment", booked);
        print.audit("request " + held.ticket() + ", open_ticket", opened);
        print.audit("event " + report.path("id").asText() + ", end-of-call-report", reported);
        print.audit("call " + id, ofCall);
    }

    /** Once there is one of each of the resources. */
    private List<JsonNode> records(String filter, String... resources) {
        return Demo.wait("audit records of " + String.join(" and ", resources) + " by " + filter, () -> {
            List<JsonNode> records = new ArrayList<>();
            tenant.api()
                    .read(Service.AUDIT, "/api/audit/logs?" + filter)
                    .path("items")
                    .forEach(records::add);
            Set<String> seen = records.stream()
                    .map(record -> record.path("resourceType").asText())
                    .collect(Collectors.toSet());
            return seen.containsAll(List.of(resources)) ? records : null;
        });
    }
}
