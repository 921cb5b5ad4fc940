package io.switchboard.crm.sla;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.crm.ticket.HelpDesk;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import io.switchboard.kit.test.SqlSession;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The service's own rounds run every second; time passes by moving due times into the past. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class SlaBreachTest {
    private static final String RESPONSE = "first_response";
    private static final String RESOLUTION = "resolution";

    final HelpDesk desk = new HelpDesk();
    final Caller ada = desk.agent();
    final Caller eve = desk.agent();

    @Test
    void the_assigned_agent_is_told_once_of_each_clock() {
        var ticket = desk.ticket("Printer", null, ada, desk.team(eve));
        runOut(ticket, RESPONSE);
        stamped(ticket, RESPONSE);
        told(ada, ticket, 1);
        desk.admin.get("/api/tickets/{id}", ticket).then().statusCode(200);
        assertEquals("true", shown(ticket, "firstResponseBreached"));
        assertEquals("false", shown(ticket, "resolutionBreached"));
        runOut(ticket, RESOLUTION);
        stamped(ticket, RESOLUTION);
        told(ada, ticket, 2);
        told(eve, ticket, 0);
        told(desk.admin, ticket, 0);
        desk.admin
                .patch("/api/tickets/{id}", Map.of("priority", "low"), ticket)
                .then()
                .statusCode(200);
        assertEquals("true", shown(ticket, "firstResponseBreached"));
    }

    @Test
    void without_an_agent_who_is_there_the_team_is_told_and_without_a_team_the_admins() {
        var bob = desk.agent();
        var teams = desk.ticket("Of a team", null, null, desk.team(ada, eve));
        var left = desk.ticket("Left behind", null, bob, desk.team(eve));
        var nobodys = desk.ticket("Of nobody", null, null, null);
        Sql.superuser().run("update members set is_active = false where id = '" + bob.id() + "'");
        for (var ticket : List.of(teams, left, nobodys)) {
            runOut(ticket, RESOLUTION);
            stamped(ticket, RESOLUTION);
        }
        told(ada, teams, 1);
        told(eve, teams, 1);
        told(desk.admin, teams, 0);
        told(eve, left, 1);
        told(ada, left, 0);
        told(desk.admin, nobodys, 1);
        told(ada, nobodys, 0);
    }

    /** In a transaction that the service's rounds see nothing of. */
    @Test
    void a_clock_that_was_stopped_in_time_does_not_run_out() {
        try (var superuser = Sql.superuser().withoutTriggers().open()) {
            superuser.begin();
            insert(superuser, "answered in time", "first_responded_at = now() - interval '2 hours'");
            insert(
                    superuser,
                    "resolved in time",
                    "status = 'resolved', resolved_at = now() - interval '2 hours',"
                            + " paused_since = now() - interval '2 hours'");
            insert(superuser, "paused in time", "status = 'pending', paused_since = now() - interval '2 hours'");
            insert(superuser, "answered late", "first_responded_at = now() - interval '1 minute'");
            insert(
                    superuser,
                    "resolved late",
                    "status = 'resolved', resolved_at = now() - interval '1 minute',"
                            + " paused_since = now() - interval '1 minute'");
            insert(superuser, "neither", "title = title");
            while (superuser.number("select stamp_sla_breaches()") > 0) {
                // the next step
            }
            assertEquals(
                    "answered in time: resolution, answered late: first response and resolution, neither: first response and"
                            + " resolution, paused in time: first response, resolved late: first response and resolution",
                    superuser.value("select string_agg(title || ': ' || concat_ws(' and ',"
                            + " case when first_response_breached_at = first_response_due_at then 'first response' end,"
                            + " case when resolution_breached_at = resolution_due_at then 'resolution' end), ', ' order by title)"
                            + " from tickets where org_id = '" + desk.org + "'"
                            + " and coalesce(first_response_breached_at, resolution_breached_at) is not null"));
            superuser.rollback();
        }
    }

    @Test
    void parallel_rounds_stamp_and_tell_once() {
        desk.run(
                "insert into tickets (org_id, title, assigned_agent_id) select '%s', 'Printer', '%s' from generate_series(1, 150)"
                        .formatted(desk.org, ada.id()));
        Sql.superuser()
                .withoutTriggers()
                .run("update tickets set resolution_due_at = now() - interval '1 second' where org_id = '" + desk.org
                        + "'");
        var rounds = IntStream.range(0, 3)
                .mapToObj(round -> CompletableFuture.runAsync(() -> {
                    try (var app = Sql.superuser().app().open()) {
                        IntStream.range(0, 6).forEach(step -> app.column("select crm.stamp_sla_breaches()"));
                    }
                }))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(rounds).join();
        var told = "select count(*) from notifications where org_id = '" + desk.org + "' and type = 'sla_breach'";
        await().atMost(Duration.ofSeconds(20)).until(() -> Sql.superuser().number(told) >= 150);
        assertEquals(150, Sql.superuser().number(told));
        assertEquals(150, Sql.superuser().number(told.replace("count(*)", "count(distinct related_id)")));
    }

    @Test
    void a_step_goes_round_the_tenants_and_reads_indexes() {
        try (var superuser = Sql.superuser().withoutTriggers().open()) {
            superuser.begin();
            superuser.run("insert into tickets (org_id, number, title, first_response_due_at, resolution_due_at)"
                    + " select case when n = 4000 then '%s'::uuid else '%s'::uuid end, n, 'Round', now() - interval '1 day' + n * interval '1 s',"
                            .formatted(desk.org, UUID.randomUUID())
                    + " now() + interval '1 day' from generate_series(1, 4000) n");
            superuser.run("analyze tickets", "load 'auto_explain'", "set auto_explain.log_min_duration = 0");
            superuser.run("set auto_explain.log_nested_statements = on", "set client_min_messages = log");
            var plan = superuser.messages("select stamp_sla_breaches()");
            assertTrue(plan.contains("tickets_first_response_due"), plan);
            assertTrue(plan.contains("tickets_resolution_due"), plan);
            assertFalse(plan.contains("Seq Scan on tickets"), plan);
            assertEquals(
                    "50",
                    superuser.value("select count(first_response_breached_at) from tickets where title = 'Round'"));
            assertEquals(
                    "1",
                    superuser.value(
                            "select count(first_response_breached_at) from tickets where org_id = '" + desk.org + "'"));
            assertEquals("", superuser.value("select current_setting('app.org_id', true)"));
            superuser.rollback();
        }
    }

    private void insert(SqlSession superuser, String title, String assignments) {
        superuser.run("insert into tickets (org_id, number, title, status, first_response_due_at, resolution_due_at)"
                + " select '%1$s', count(*) + 1, '%2$s', 'open', now() - interval '1 hour', now() - interval '1 hour'"
                        .formatted(desk.org, title)
                + " from tickets where org_id = '" + desk.org + "'");
        superuser.run(
                "update tickets set %s where org_id = '%s' and title = '%s'".formatted(assignments, desk.org, title));
    }

    private static void runOut(UUID ticket, String clock) {
        Sql.superuser()
                .withoutTriggers()
                .run("update tickets set %s_due_at = now() - interval '1 second' where id = '%s'"
                        .formatted(clock, ticket));
    }

    private void stamped(UUID ticket, String clock) {
        await().until(() -> desk.value(ticket, "%1$s_breached_at = %1$s_due_at".formatted(clock)) != null);
        assertEquals("t", desk.value(ticket, "%1$s_breached_at = %1$s_due_at".formatted(clock)));
    }

    private String shown(UUID ticket, String field) {
        return desk.admin
                .get("/api/tickets/{id}", ticket)
                .then()
                .extract()
                .path("sla." + field)
                .toString();
    }

    /** Stamp and notification commit together. */
    private static void told(Caller person, UUID ticket, int times) {
        assertEquals(
                times,
                Sql.superuser()
                        .number(
                                "select count(*) from notifications where type = 'sla_breach' and related_type = 'ticket'"
                                        + " and user_id = '%s' and related_id = '%s'".formatted(person.id(), ticket)));
    }
}
