package io.switchboard.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchboard.local.Service;
import java.util.List;
import java.util.Map;

/**
 * A PIN client of an organization.
 *
 * @param organization its slug
 */
record PinClient(String organization, String pin) {

    /** One of each organization. */
    static List<PinClient> of(OwnSuite suite, Tenants tenants) {
        return tenants.now().stream().map(tenant -> of(suite, tenant)).toList();
    }

    private static PinClient of(OwnSuite suite, Tenants.Tenant tenant) {
        JsonNode client = Api.post(
                suite.url(Service.AUTH) + "/api/clients",
                tenant.accessToken(),
                Map.of("companyName", "Globex", "contactEmail", "it@globex.example"));
        return new PinClient(tenant.slug(), client.path("pin").asText());
    }
}
