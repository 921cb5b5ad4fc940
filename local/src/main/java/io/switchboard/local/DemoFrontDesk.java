package io.switchboard.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * Who answers the demo's booking line: a voice agent, as a PIN client has adapted it, and the team that takes its tickets.
 *
 * @param greeting the client's own
 */
record DemoFrontDesk(String agentId, String greeting) {
    /** Not the office's number, whose calls the carrier tells of, too. */
    static final String NUMBER = "+15555550120";

    static final String TEAM = "Front desk";

    /** What an admin sets up once, and then the client. */
    static DemoFrontDesk open(DemoTenant tenant, DemoClient client, DemoPrint print) {
        String team = tenant.api()
                .post(Service.CRM, "/api/teams", Map.of("name", TEAM, "isDefault", true))
                .path("id")
                .asText();
        tenant.api().post(Service.CRM, "/api/teams/" + team + "/members", Map.of("userId", tenant.userId()));
        String agent = tenant.api()
                .post(
                        Service.VOICE,
                        "/api/agents",
                        Map.of(
                                "name", "Receptionist",
                                "systemPrompt", "You answer the phone. Book appointments and open tickets.",
                                "firstMessage", "Hello, how may I help you?",
                                "voice", "openai/alloy",
                                "model", "openai/gpt-4o"))
                .path("id")
                .asText();
        JsonNode assistant = tenant.api()
                .post(
                        Service.VOICE,
                        "/api/assistants",
                        Map.of("clientId", client.id(), "agentId", agent, "displayName", "Reception"));
        tenant.api()
                .post(
                        Service.VOICE,
                        "/api/phone-numbers",
                        Map.of("number", NUMBER, "provider", "vapi", "agentId", agent, "clientId", client.id()));
        String greeting = client.name() + ", how may I help you?";
        String path = "/api/assistants/" + assistant.path("id").asText();
        client.api().patch(Service.VOICE, path, Map.of("firstMessage", greeting));
        print.fact("voice agent", "Receptionist, answers " + NUMBER + " for " + client.name());
        print.fact("its greeting", "\"" + greeting + "\", as the client wants it");
        return new DemoFrontDesk(agent, greeting);
    }
}
