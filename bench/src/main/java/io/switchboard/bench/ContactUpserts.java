package io.switchboard.bench;

import io.switchboard.local.Service;
import java.util.Map;

/** W6: contacts that are known by their numbers get another note each, as after a call. */
final class ContactUpserts {
    private static final double FLOOR = 0.40;
    private static final int MOST_TIMES = 1_000_000;

    private ContactUpserts() {}

    static Measured measure(Comparison comparison, Tenants tenants, ContactRows rows) {
        String url = comparison.suite().url(Service.CRM) + "/api/contacts/by-phone/%2B";
        var requests = new TenantRequests(tenants, (tenant, number, random) -> {
            int n = random.nextInt(rows.samplePerTenant());
            String body = "{\"name\": \"%s\", \"notes\": \"Called %d times.\"}"
                    .formatted(rows.name(number, n), random.nextInt(MOST_TIMES));
            return HttpText.putJson(url + rows.phone(number, n).substring(1), tenant.accessToken(), body);
        });
        String statement = Script.of("upsert-contact.sql", Map.of("columns", ContactRows.columns()));
        var same = TenantScripts.work(
                tenants.now(),
                number -> TenantScripts.transaction(
                        number,
                        "\\set n " + rows.pgbenchSuffix(number) + "\n\\set times random(0, " + (MOST_TIMES - 1) + ")",
                        statement));
        return comparison.measure(
                "W6 upsert of a contact by phone",
                FLOOR,
                requests,
                same,
                "every upsert changes the contact, and its change is on its way to the audit log.");
    }
}
