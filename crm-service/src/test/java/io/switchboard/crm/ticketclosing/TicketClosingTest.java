package io.switchboard.crm.ticketclosing;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.crm.ticket.HelpDesk;
import io.switchboard.kit.test.AuditTrail;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The service's own rounds run every second; time passes by moving the times of tickets into the past. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class TicketClosingTest {
    /** Resolved ones of an organization: organization, number of rows. */
    private static final String CROWD = """
            insert into tickets (org_id, number, title, status, resolved_at)
            select '%s', n, 'x', 'resolved', now() - interval '8 days' - n * interval '1 ms' from generate_series(1, %d) n""";

    HelpDesk desk;

    @BeforeEach
    void open() {
        desk = new HelpDesk();
    }

    @Test
    void what_stays_resolved_for_seven_days_is_closed() {
        var old = resolved("7 days 1 minute");
        var young = resolved("6 days 23 hours");
        var reopened = resolved("1 day");
        desk.set(reopened, "status = 'open'");
        desk.set(reopened, "status = 'resolved'");
        await().until(() -> desk.value(old, "status").equals("closed"));
        assertEquals("t", desk.value(old, "closed_at > resolved_at"));
        for (var other : List.of(young, reopened)) {
            assertEquals("resolved", desk.value(other, "status"));
        }
        var event = AuditTrail.await(
                desk.org,
                "update",
                any -> any.toString().contains(old.toString()) && any.toString().contains("closed"));
        assertEquals("system", event.getString("actorType"));
    }

    @Test
    void parallel_rounds_close_each_once() {
        Sql.superuser().withoutTriggers().run(CROWD.formatted(desk.org, 300));
        var rounds = IntStream.range(0, 4)
                .mapToObj(round -> CompletableFuture.runAsync(() -> {
                    try (var app = Sql.superuser().app().open()) {
                        for (int step = 0; step < 3; step++) {
                            app.value("select crm.close_resolved_tickets()");
                        }
                    }
                }))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(rounds).join();
        var closed =
                "select count(*) from tickets where status = 'closed' and version = 1 and org_id = '" + desk.org + "'";
        await().until(() -> Sql.superuser().number(closed) == 300);
    }

    @Test
    void a_step_is_bounded_and_tenants_take_turns() {
        var few = UUID.randomUUID();
        var many = UUID.randomUUID();
        try (var superuser = Sql.superuser().withoutTriggers().open()) {
            superuser.begin(); // the service sees nothing of it
            superuser.run(CROWD.formatted(many, 450), CROWD.formatted(few, 30));
            var steps = new ArrayList<String>();
            for (int i = 0; i < 4; i++) {
                steps.add(superuser.value("select close_resolved_tickets()"));
                if (i == 0) {
                    assertEquals(
                            "30",
                            superuser.value(
                                    "select count(*) from tickets where status = 'closed' and org_id = '" + few + "'"));
                }
            }
            assertEquals(List.of("200", "200", "80", "0"), steps);
        }
    }

    @Test
    void a_step_reads_an_index() {
        try (var superuser = Sql.superuser().withoutTriggers().open()) {
            superuser.begin();
            superuser.run(
                    CROWD.formatted(desk.org, 300),
                    "insert into tickets (org_id, number, title, status) select '" + UUID.randomUUID()
                            + "', n, 'x', 'closed' from generate_series(1, 30000) n",
                    "analyze tickets");
            superuser.run("load 'auto_explain'");
            superuser.run("set auto_explain.log_min_duration = 0");
            superuser.run("set auto_explain.log_nested_statements = on");
            superuser.run("set client_min_messages = log");
            var plan = superuser.messages("select close_resolved_tickets()");
            assertTrue(plan.contains("tickets_to_close"), plan);
            assertFalse(plan.contains("Seq Scan"), plan);
        }
    }

    /** @param since such as {@code 1 day} */
    private UUID resolved(String since) {
        var ticket = desk.ticket("No heating", null, null, null);
        desk.set(ticket, "status = 'resolved'");
        desk.set(ticket, "resolved_at = now() - interval '" + since + "'");
        return ticket;
    }
}
