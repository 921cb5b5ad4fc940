package io.switchboard.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchboard.local.Refusal;
import io.switchboard.local.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Organizations that were signed up through auth-service, and tokens of their admins that do not run out. */
public final class Tenants {
    /** An access token lives five minutes. */
    private static final long REFRESH_EVERY_MILLIS = 120_000;

    private final String auth;
    private volatile List<Tenant> tenants;

    private Tenants(String auth, List<Tenant> tenants) {
        this.auth = auth;
        this.tenants = tenants;
    }

    /** An organization and its admin, signed in. */
    public record Tenant(
            UUID orgId,
            UUID userId,
            String slug,
            String email,
            String password,
            String accessToken,
            String refreshToken) {

        Tenant with(JsonNode tokens) {
            return new Tenant(
                    orgId,
                    userId,
                    slug,
                    email,
                    password,
                    tokens.path("accessToken").asText(),
                    tokens.path("refreshToken").asText());
        }
    }

    public static Tenants signUp(OwnSuite suite, int number) {
        String auth = suite.url(Service.AUTH);
        List<Tenant> tenants = new ArrayList<>();
        for (int i = 1; i <= number; i++) {
            tenants.add(signUp(auth, i));
        }
        Tenants all = new Tenants(auth, List.copyOf(tenants));
        all.keepFresh();
        return all;
    }

    private static Tenant signUp(String auth, int number) {
        String email = "admin" + number + "@bench.example";
        String password = UUID.randomUUID().toString();
        JsonNode answer = Api.post(
                auth + "/api/auth/signup",
                null,
                Map.of(
                        "organizationName",
                        "Bench " + number,
                        "email",
                        email,
                        "password",
                        password,
                        "fullName",
                        "Bench Admin"));
        JsonNode organization = answer.path("organization");
        return new Tenant(
                        UUID.fromString(organization.path("id").asText()),
                        UUID.fromString(answer.path("user").path("id").asText()),
                        organization.path("slug").asText(),
                        email,
                        password,
                        "",
                        "")
                .with(answer);
    }

    /** The same organizations, each by another person: one who has joined it in a role. */
    Tenants joined(String role) {
        Tenants people = new Tenants(
                auth, tenants.stream().map(tenant -> join(tenant, role)).toList());
        people.keepFresh();
        return people;
    }

    private Tenant join(Tenant tenant, String role) {
        String email = role + "@" + tenant.slug() + ".example";
        String password = UUID.randomUUID().toString();
        String invitation = Api.post(
                        auth + "/api/invitations", tenant.accessToken(), Map.of("email", email, "role", role))
                .path("token")
                .asText();
        JsonNode answer = Api.post(
                auth + "/api/invitations/accept",
                null,
                Map.of("token", invitation, "password", password, "fullName", "Bench " + role));
        UUID userId = UUID.fromString(answer.path("user").path("id").asText());
        return new Tenant(tenant.orgId(), userId, tenant.slug(), email, password, "", "").with(answer);
    }

    /** As they are at this moment: another list after each refresh, in the same order. */
    public List<Tenant> now() {
        return tenants;
    }

    private void refresh() {
        tenants = tenants.stream().map(this::refreshed).toList();
    }

    private Tenant refreshed(Tenant tenant) {
        return tenant.with(Api.post(auth + "/api/auth/refresh", null, Map.of("refreshToken", tenant.refreshToken())));
    }

    private void keepFresh() {
        Thread thread = new Thread(
                () -> {
                    while (true) {
                        Pause.millis(REFRESH_EVERY_MILLIS);
                        try {
                            refresh();
                        } catch (Refusal refusal) {
                            return; // the suite is going down, or the load will show it as 401
                        }
                    }
                },
                "refresh-tokens");
        thread.setDaemon(true);
        thread.start();
    }
}
