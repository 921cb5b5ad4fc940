package io.switchboard.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * A PIN client of the demo's organization.
 *
 * @param api signed in with its PIN
 */
record DemoClient(String id, String name, String pin, Api api) {

    static DemoClient add(DemoTenant tenant, Api anonymous, String name) {
        JsonNode client = tenant.api()
                .post(
                        Service.AUTH,
                        "/api/clients",
                        Map.of("companyName", name, "contactEmail", "office@northside.example"));
        String pin = client.path("pin").asText();
        JsonNode session = anonymous.post(Service.AUTH, "/api/auth/pin", Map.of("pin", pin));
        return new DemoClient(
                client.path("id").asText(),
                session.path("companyName").asText(),
                pin,
                anonymous.with(session.path("accessToken").asText()));
    }
}
