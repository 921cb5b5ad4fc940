package io.switchboard.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchboard.local.Service;
import java.util.List;
import java.util.Map;

/**
 * An organization's voice agent that answers a number, and where Vapi asks for it.
 *
 * @param url of the webhook endpoint
 * @param secret of the webhook endpoint
 */
record FrontDesk(String agentId, String url, String secret) {
    /** Numbers are unique in an organization. */
    static final String NUMBER = "+15555550100";

    static List<FrontDesk> open(OwnSuite suite, List<Tenants.Tenant> tenants) {
        return tenants.stream().map(tenant -> open(suite, tenant)).toList();
    }

    private static FrontDesk open(OwnSuite suite, Tenants.Tenant tenant) {
        String voice = suite.url(Service.VOICE);
        String agentId = Api.post(
                        voice + "/api/agents",
                        tenant.accessToken(),
                        Map.of(
                                "name", "Front desk",
                                "systemPrompt", "You answer the phone. Book appointments and open tickets.",
                                "firstMessage", "Hello, how may I help you?",
                                "voice", "openai/alloy",
                                "model", "openai/gpt-4o"))
                .path("id")
                .asText();
        Api.post(
                voice + "/api/phone-numbers",
                tenant.accessToken(),
                Map.of("number", NUMBER, "provider", "vapi", "agentId", agentId));
        JsonNode endpoint = Api.post(
                voice + "/api/webhook-endpoints", tenant.accessToken(), Map.of("provider", "vapi", "label", "Bench"));
        return new FrontDesk(
                agentId, endpoint.path("url").asText(), endpoint.path("secret").asText());
    }
}
