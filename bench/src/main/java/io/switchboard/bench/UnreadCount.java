package io.switchboard.bench;

import io.switchboard.local.Service;

/** W5: how many notifications the caller has not read, as every page of a front end asks. */
final class UnreadCount {
    private static final double FLOOR = 0.40;
    private static final String COUNT =
            "select count(*) from notifications where org_id = :org{{tenant}} and user_id = :user{{tenant}} and status = 'unread';";

    private UnreadCount() {}

    static Measured measure(Comparison comparison, Tenants tenants) {
        String url = comparison.suite().url(Service.CRM) + "/api/notifications/unread-count";
        var requests = new TenantRequests(tenants, (tenant, number, random) -> HttpText.get(url, tenant.accessToken()));
        var same = TenantScripts.work(tenants.now(), number -> TenantScripts.read(number, "", COUNT));
        return comparison.measure("W5 count of unread notifications", FLOOR, requests, same);
    }
}
