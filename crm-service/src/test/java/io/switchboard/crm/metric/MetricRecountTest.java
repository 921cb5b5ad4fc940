package io.switchboard.crm.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.crm.Colleagues;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import io.switchboard.kit.test.SqlSession;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** After thousands of changes at random the figures are those of somebody who counts the tickets one by one. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class MetricRecountTest {
    private static final int CHANGES = 5_000;
    private static final int TICKETS = 500; // of each organization, over ten days

    /** An organization whose tickets change. */
    private record Desk(Caller admin, List<UUID> agents, List<UUID> teams, String zone) {
        static Desk in(String zone) {
            var admin = Colleagues.joined("admin", UUID.randomUUID());
            var agents = List.of(admin, colleague(admin), colleague(admin));
            var desk = new Desk(
                    admin,
                    agents.stream().map(Caller::id).toList(),
                    List.of(UUID.randomUUID(), UUID.randomUUID()),
                    zone);
            desk.teams().forEach(id -> Sql.superuser()
                    .withoutTriggers()
                    .run("insert into teams (org_id, id, name) values ('%s', '%s', '%2$s')".formatted(desk.org(), id)));
            Sql.superuser()
                    .withoutTriggers()
                    .run(
                            "insert into organization_settings (org_id, id, time_zone, default_region, business_hours, version)"
                                    + " values ('%1$s', '%1$s', '%2$s', 'US', '{}', 1)".formatted(desk.org(), zone));
            MetricCase.tickets(desk.org(), admin.id(), TICKETS);
            return desk;
        }

        UUID org() {
            return admin.orgId();
        }

        private static Caller colleague(Caller admin) {
            return Colleagues.joined("agent", admin.orgId());
        }

        String anyAgent() {
            return "(array['%s', '%s', '%s', null]::uuid[])[1 + floor(random() * 4)]"
                    .formatted(agents.get(0), agents.get(1), agents.get(2));
        }

        String anyTeam() {
            return "(array['%s', '%s', null]::uuid[])[1 + floor(random() * 3)]".formatted(teams.get(0), teams.get(1));
        }
    }

    @Test
    void figures_are_those_of_a_plain_recount() {
        var seed = System.nanoTime() % 1_000 / 1_000.0;
        var desks = List.of(Desk.in("America/Vancouver"), Desk.in("Australia/Lord_Howe"));
        try (var session = Sql.superuser().withoutTriggers().open()) {
            session.run("select setseed(" + seed + ")");
            int changes = 0;
            while (changes < CHANGES) { // the later refreshes have rows to change and to remove
                changes +=
                        desks.stream().mapToInt(desk -> change(session, desk)).sum();
                MetricCase.refresh(desks.get(0).admin());
                desks.forEach(desk -> compare(desk, "seed " + seed));
            }
        }
    }

    @Test
    void a_time_zone_that_postgresql_does_not_know_stops_nobody_s_refresh() {
        var nowhere = Desk.in("Nowhere/At_All");
        MetricCase.refresh(nowhere.admin());
        assertEquals(
                TICKETS,
                Sql.superuser()
                        .number("select sum(total_tickets) from ticket_metrics where org_id = '" + nowhere.org()
                                + "'"));
    }

    /** Statements that change many tickets each. */
    private static int change(SqlSession session, Desk desk) {
        var changes = new ArrayList<String>(List.of(
                "set assigned_agent_id = " + desk.anyAgent() + ", assigned_team_id = " + desk.anyTeam()
                        + " where random() < 0.5",
                "set first_responded_at = created_at + random() * interval '2 days' where random() < 0.3",
                "set status = 'resolved', resolved_at = created_at + random() * interval '9 days' where random() < 0.3",
                "set status = 'closed', closed_at = resolved_at + random() * interval '2 days'"
                        + " where status = 'resolved' and random() < 0.4",
                "set status = 'closed', closed_at = created_at + random() * interval '9 days'"
                        + " where status = 'new' and random() < 0.1",
                "set status = 'open', resolved_at = null, closed_at = null, reopened_count = reopened_count + 1"
                        + " where status in ('resolved', 'closed') and random() < 0.3",
                "set merged_into_id = (select id from tickets o where o.org_id = tickets.org_id and number = 1),"
                        + " status = 'closed', resolved_at = coalesce(resolved_at, now()), closed_at = coalesce(closed_at, now())"
                        + " where number > 1 and random() < 0.02"));
        int changed = changes.stream()
                .mapToInt(change -> session.run(
                        "update tickets " + change + " and merged_into_id is null and org_id = '" + desk.org() + "'"))
                .sum();
        return changed
                + session.run("insert into messages (org_id, ticket_id, type, is_internal, content)"
                        + " select org_id, id, type, type = 'system' or type <> 'customer' and random() < 0.3, 'Hello' from ("
                        + " select org_id, id, (array['customer', 'agent', 'system', 'ai']::message_type[])[1 + floor(random() * 4)]"
                        + " as type from tickets, generate_series(1, 3) where random() < 0.2 and org_id = '"
                        + desk.org()
                        + "') said");
    }

    private static void compare(Desk desk, String seed) {
        var today = Sql.superuser().value("select (now() at time zone '" + desk.zone() + "')::date");
        var from = Sql.superuser().value("select date '" + today + "' - 16");
        var days = "?from=" + from + "&to=" + today;
        var recount = new Recount(desk.org(), desk.zone(), from, today);
        var agent = desk.agents().get(1);
        var team = desk.teams().get(0);
        compare(desk, recount, days, "true", seed);
        compare(desk, recount, days + "&agentId=" + agent, "assigned_agent_id = '" + agent + "'", seed);
        compare(desk, recount, days + "&teamId=" + team, "assigned_team_id = '" + team + "'", seed);
        compare(
                desk,
                recount,
                days + "&teamId=" + team + "&agentId=" + agent,
                "assigned_agent_id = '" + agent + "' and assigned_team_id = '" + team + "'",
                seed);
    }

    private static void compare(Desk desk, Recount recount, String query, String filter, String seed) {
        var told = desk.zone() + " " + query + " " + seed;
        var tickets = "/api/metrics/tickets" + query;
        assertEquals(recount.tickets(filter, false), MetricCase.items(desk.admin(), tickets), told);
        assertEquals(recount.tickets(filter, true), MetricCase.items(desk.admin(), tickets + "&by=week"), told);
        var agents = MetricCase.items(desk.admin(), "/api/metrics/agents" + query);
        assertEquals(recount.agents(filter), agents, told);
        assertTrue(agents.size() > 5, "tickets of agents");
    }
}
