package io.switchboard.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchboard.local.Service;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** W5: pages of 50 contacts by a filter and by words, and a page deep in a long list. */
final class ContactLists {
    private static final double FLOOR = 0.30;
    private static final double MOST_DEEP = 1.1;
    private static final int ITEMS = 50;
    private static final int MOST_ITEMS = 200;
    private static final List<String> STATUSES = List.of("new", "contacted", "qualified", "booked");

    private final Comparison comparison;
    private final Tenants tenants;
    private final ContactRows rows;
    private final String url;

    ContactLists(Comparison comparison, Tenants tenants, ContactRows rows) {
        this.comparison = comparison;
        this.tenants = tenants;
        this.rows = rows;
        this.url = comparison.suite().url(Service.CRM) + "/api/contacts?limit=" + ITEMS;
    }

    Measured byFilter() {
        var requests = new TenantRequests(
                tenants,
                (tenant, number, random) -> HttpText.get(
                        url + "&leadStatus=" + STATUSES.get(random.nextInt(STATUSES.size())), tenant.accessToken()));
        return comparison.measure("W5 50 contacts by a filter", FLOOR, requests, filtered());
    }

    /** The same by pgbench: a script for each tenant and status, since statuses are literals. */
    Pgbench.Work filtered() {
        return TenantScripts.work(
                tenants.now(),
                number -> TenantScripts.page(
                        number, "", list("and lead_status = '" + STATUSES.get(number % STATUSES.size()) + "'")));
    }

    Measured bySearch() {
        var requests = new TenantRequests(
                tenants,
                (tenant, number, random) -> HttpText.get(
                        url + "&q=" + encoded(rows.name(number, random.nextInt(rows.samplePerTenant()))),
                        tenant.accessToken()));
        var same = TenantScripts.work(
                tenants.now(),
                number -> TenantScripts.read(
                        number,
                        "\\set n " + rows.pgbenchSuffix(number),
                        list("and id in (select search_contacts('Contact ' || :n, null))")));
        return comparison.measure(
                "W5 contacts by words", 0, requests, same, rows.sample() + " names are searched for.");
    }

    /** What the page costs beyond the first one, in the largest organization. */
    Figure deepPage(LargeOrganization large) {
        String cursor = cursorOf(large.deepPage());
        double first = perSecond("page 1", "");
        double deep = perSecond("page " + large.deepPage(), "&cursor=" + cursor);
        deep += perSecond("page " + large.deepPage() + " again", "&cursor=" + cursor);
        first += perSecond("page 1 again", ""); // in this order, as the service and the machine change
        return Figure.atMost(
                MOST_DEEP,
                "W5 page %,d ÷ page 1 of one organization, time".formatted(large.deepPage()),
                first / deep,
                "%.2f");
    }

    private double perSecond(String title, String more) {
        var requests = new TenantRequests(
                tenants,
                (any, number, random) ->
                        HttpText.get(url + more, tenants.now().get(0).accessToken()));
        CpuMeter cpu = new CpuMeter(comparison.suite());
        Load load = comparison.through("W5 " + title, requests, cpu);
        return load.failed() ? Double.NaN : load.perSecond();
    }

    /** Walks there. */
    private String cursorOf(int page) {
        String cursor = "";
        for (int left = (page - 1) * ITEMS; left > 0; left -= MOST_ITEMS) {
            JsonNode answer = Api.get(
                    comparison.suite().url(Service.CRM) + "/api/contacts?limit=" + Math.min(left, MOST_ITEMS)
                            + "&cursor=" + cursor,
                    tenants.now().get(0).accessToken());
            cursor = answer.path("nextCursor").asText();
        }
        return cursor;
    }

    private static String list(String condition) {
        return Script.of("list-contacts.sql", Map.of("columns", ContactRows.columns(), "condition", condition));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
