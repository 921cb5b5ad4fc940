package io.switchboard.bench;

import io.switchboard.local.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** People who were invited into the tenants and have joined, signed in for five minutes. */
final class Colleagues {
    private static final int MOST_SECONDS = 60;

    private Colleagues() {}

    /** Answers their access tokens, the admins' first. Until crm-service knows them nothing is announced to them. */
    static List<String> join(OwnSuite suite, List<Tenants.Tenant> tenants, int ofEach) {
        String auth = suite.url(Service.AUTH) + "/api/invitations";
        List<String> tokens = new ArrayList<>(
                tenants.stream().map(Tenants.Tenant::accessToken).toList());
        for (int i = 1; i < ofEach; i++) {
            for (Tenants.Tenant tenant : tenants) {
                String email = "agent" + i + "@" + tenant.slug() + ".example";
                String invitation = Api.post(auth, tenant.accessToken(), Map.of("email", email, "role", "agent"))
                        .path("token")
                        .asText();
                Map<String, String> acceptance = Map.of(
                        "token", invitation, "password", UUID.randomUUID().toString(), "fullName", "Bench Agent");
                tokens.add(Api.post(auth + "/accept", null, acceptance)
                        .path("accessToken")
                        .asText());
            }
        }
        for (int left = MOST_SECONDS;
                left > 0 && suite.number("select count(*) from crm.members") < tokens.size();
                left--) {
            Pause.seconds(1);
        }
        return tokens;
    }
}
