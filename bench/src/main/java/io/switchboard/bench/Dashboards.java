package io.switchboard.bench;

import io.switchboard.local.Service;

/** W11: the figures of the last thirty days, and of as many before, over all calls of an organization. */
final class Dashboards {
    private static final double FLOOR = 0.30;
    private static final String SAME = "select get_dashboard_analytics(null, 30, null)::text;";

    private Dashboards() {}

    static void measure(OwnSuite suite, Options options, Tenants tenants, Pgbench pgbench, Results results) {
        Say.line("Writing " + options.calls() + " calls");
        CallRows.load(suite, options.calls(), tenants.now());
        results.figures().add(TableSizes.of(suite, "W11", "voice", "call_analytics"));
        results.figures().add(TableSizes.of(suite, "W11", "voice", "call_breakdowns"));
        results.paths().add(dashboard(new Comparison(suite, options, pgbench, Service.VOICE), tenants));
        Say.line("Counting all calls");
        results.figures()
                .add(Figure.atMost(
                        0,
                        "W11 rows of call_analytics that differ from a count of %,d calls".formatted(options.calls()),
                        CallRows.wrongRows(suite),
                        "%,.0f"));
    }

    private static Measured dashboard(Comparison comparison, Tenants tenants) {
        String url = comparison.suite().url(Service.VOICE) + "/api/analytics/dashboard?days=30";
        var requests = new TenantRequests(tenants, (tenant, number, random) -> HttpText.get(url, tenant.accessToken()));
        var same = TenantScripts.ofVoice(tenants.now(), number -> TenantScripts.read(number, "", SAME));
        return comparison.measure(
                "W11 dashboard of 30 days",
                FLOOR,
                requests,
                same,
                "%,d calls of a year in %d organizations with forty assistants each."
                        .formatted(comparison.options().calls(), tenants.now().size()));
    }
}
