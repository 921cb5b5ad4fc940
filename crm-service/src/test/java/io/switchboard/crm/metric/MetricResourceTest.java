package io.switchboard.crm.metric;

import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.crm.Colleagues;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class MetricResourceTest {
    private static final String TICKETS = "/api/metrics/tickets";
    private static final String AGENTS = "/api/metrics/agents";

    final Caller acme = Caller.agentOfNewOrg();

    @Test
    void without_dates_thirty_days_until_today_are_shown() {
        acme.get(TICKETS)
                .then()
                .statusCode(200)
                .body("items", hasSize(30))
                .body("items[0].totalTickets", is(0))
                .body("items[0].averageResolutionSeconds", nullValue())
                .body("items[0].backlog", is(0))
                .body("refreshedAt", notNullValue());
        acme.get(AGENTS).then().statusCode(200).body("items", hasSize(0)).body("refreshedAt", notNullValue());
    }

    @Test
    void both_dates_are_included_and_weeks_begin_on_monday() {
        acme.get(TICKETS + "?from=2026-02-27&to=2026-03-02")
                .then()
                .body("items.day", is(List.of("2026-03-02", "2026-03-01", "2026-02-28", "2026-02-27")));
        acme.get(TICKETS + "?from=2026-02-27&to=2026-03-02&by=week")
                .then()
                .body("items.day", is(List.of("2026-03-02", "2026-02-23")));
        acme.get(TICKETS + "?to=2026-03-02").then().body("items", hasSize(30)).body("items[29].day", is("2026-02-01"));
        acme.get(TICKETS + "?from=2025-03-02&to=2026-03-02").then().body("items", hasSize(366));
    }

    @Test
    void no_day_is_in_the_future() {
        var today = Sql.superuser().value("select (now() at time zone 'UTC')::date");
        var tomorrow = Sql.superuser().value("select (now() at time zone 'UTC')::date + 1");
        var later = Sql.superuser().value("select (now() at time zone 'UTC')::date + 40");
        assertEquals(
                0,
                MetricCase.items(acme, TICKETS + "?from=" + tomorrow + "&to=" + later)
                        .size());
        assertEquals(
                today,
                MetricCase.items(acme, TICKETS + "?to=" + later)
                        .getJsonObject(0)
                        .getString("day"));
    }

    @Test
    void what_the_desk_does_is_counted() {
        var jo = Colleagues.joined("agent", acme.orgId()); // whom the tickets are assigned to that jo opens
        var tickets = Stream.generate(() -> jo.post("/api/tickets", Map.of("title", "No dial tone"))
                        .then()
                        .statusCode(201)
                        .extract()
                        .<String>path("id"))
                .limit(3)
                .toList();
        jo.post("/api/tickets/{id}/messages", Map.of("content", "Try again."), tickets.get(0))
                .then()
                .statusCode(201);
        become("resolved", tickets.get(0), jo);
        become("closed", tickets.get(1), jo);
        become("open", tickets.get(1), jo);
        MetricCase.refresh(acme.colleague("admin"));
        acme.get(TICKETS + "?agentId=" + jo.id())
                .then()
                .body("items[0].totalTickets", is(3))
                .body("items[0].resolvedTickets", is(1))
                .body("items[0].averageResolutionSeconds", notNullValue())
                .body("items[0].averageFirstResponseSeconds", notNullValue())
                .body("items[0].reopened", is(1))
                .body("items[0].backlog", is(2));
        acme.get(AGENTS)
                .then()
                .body("items", hasSize(1))
                .body("items[0].agentId", is(jo.id().toString()))
                .body("items[0].name", is("Jo"))
                .body("items[0].totalTickets", is(3))
                .body("items[0].resolvedTickets", is(1))
                .body("items[0].totalMessages", is(1));
    }

    private static void become(String status, String ticket, Caller agent) {
        agent.patch("/api/tickets/{id}", Map.of("status", status), ticket)
                .then()
                .statusCode(200);
    }

    @Test
    void a_bad_filter_is_refused() {
        for (var path : List.of(TICKETS, AGENTS)) {
            for (var query :
                    List.of("from=yesterday", "to=2026-02-30", "from=2026-06-01T00:00:00Z", "agentId=1", "teamId=x")) {
                acme.get(path + "?" + query).then().statusCode(400).body("type", endsWith("invalid_filter"));
            }
            for (var query :
                    List.of("from=2026-03-02&to=2026-03-01", "from=2025-03-01&to=2026-03-02", "from=2020-01-01")) {
                acme.get(path + "?" + query)
                        .then()
                        .statusCode(422)
                        .body("type", endsWith("invalid"))
                        .body("errors[0].field", is("to"));
            }
        }
        acme.get(TICKETS + "?by=month").then().statusCode(400).body("type", endsWith("invalid_filter"));
    }

    @Test
    void customers_see_no_figures() {
        for (var role : List.of("customer", "user", "enterprise", "client")) {
            acme.colleague(role).get(TICKETS).then().statusCode(403);
            acme.colleague(role).get(AGENTS).then().statusCode(403);
        }
    }

    @Test
    void more_lines_than_an_answer_may_have_are_refused() {
        Sql.superuser()
                .withoutTriggers()
                .run("insert into tickets (org_id, number, title, status, priority, customer_id, assigned_agent_id)"
                        + " select '%s', n, 'x', 'new', 'low', gen_random_uuid(), gen_random_uuid()"
                                .formatted(acme.orgId())
                        + " from generate_series(1, 5001) n");
        MetricCase.refresh(acme.colleague("admin"));
        acme.get(AGENTS).then().statusCode(422).body("errors[0].field", is("from"));
        Sql.superuser()
                .withoutTriggers()
                .run("delete from tickets where org_id = '" + acme.orgId() + "' and number = 1");
        MetricCase.refresh(acme.colleague("admin"));
        acme.get(AGENTS).then().statusCode(200).body("items", hasSize(5000));
    }
}
