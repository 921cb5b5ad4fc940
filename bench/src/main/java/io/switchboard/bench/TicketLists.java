package io.switchboard.bench;

import io.switchboard.local.Service;
import java.util.Map;

/** W9: the tickets that an agent sees: own ones, and those of three teams. */
final class TicketLists {
    private static final double FLOOR = 0.30;

    private TicketLists() {}

    static Measured measure(Comparison comparison, Tenants agents) {
        String url = comparison.suite().url(Service.CRM) + "/api/tickets?limit=50";
        var requests = new TenantRequests(agents, (agent, number, random) -> HttpText.get(url, agent.accessToken()));
        String columns = Script.of("ticket-columns.sql", Map.of()).strip();
        var same = TenantScripts.work(
                "agent",
                agents.now(),
                number -> TenantScripts.page(number, "", Script.of("list-tickets.sql", Map.of("columns", columns))));
        return comparison.measure("W9 50 tickets of an agent in 3 teams", FLOOR, requests, same);
    }
}
