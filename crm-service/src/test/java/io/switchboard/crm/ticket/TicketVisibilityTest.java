package io.switchboard.crm.ticket;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Who sees which ticket by which operation: every caller, every ticket, every operation, and again when all has changed hands. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class TicketVisibilityTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** What row security is to say. The public message, the note: what is on it. */
    private record Case(UUID id, String number, Caller customer, Caller agent, UUID team, UUID message, UUID note) {
        Case to(Caller newCustomer, Caller newAgent, UUID newTeam) {
            return new Case(id, number, newCustomer, newAgent, newTeam, message, note);
        }
    }

    private final HelpDesk desk = new HelpDesk();
    private final Caller assigned = desk.agent();
    private final Caller inTeam = desk.agent();
    private final Caller outside = desk.agent();
    private final Caller customer = desk.customer();
    private final Caller otherCustomer = desk.customer();
    private final Caller stranger = Caller.adminOfNewOrg();
    private final UUID first = desk.team(inTeam);
    private final UUID second = desk.team(outside);

    private final Map<String, Caller> callers = new LinkedHashMap<>(Map.of(
            "the admin", desk.admin,
            "the assigned agent", assigned,
            "an agent in the team", inTeam,
            "an agent outside", outside,
            "the customer", customer,
            "another customer", otherCustomer,
            "another organization's admin", stranger));
    private final Map<UUID, Set<Caller>> teams =
            new LinkedHashMap<>(Map.of(first, Set.of(inTeam), second, Set.of(outside)));
    private final Map<String, Case> tickets = new LinkedHashMap<>();

    @Test
    void a_ticket_is_seen_by_its_customer_its_agent_its_team_and_admins_alone() {
        add("nobody's", null, null, null);
        add("the customer's", customer, null, null);
        add("the agent's", customer, assigned, null);
        add("the team's", customer, null, first);
        add("the agent's in the team", otherCustomer, assigned, first);
        add("the outside agent's", otherCustomer, outside, null);
        checkEveryCell("at first");

        handOver("the customer's", otherCustomer, null, null);
        handOver("the agent's", customer, outside, null);
        handOver("the team's", customer, null, second);
        handOver("the outside agent's", otherCustomer, null, null);
        desk.leave(first, inTeam);
        teams.put(first, Set.of());
        checkEveryCell("after the hand-over");
    }

    private void add(String name, Caller itsCustomer, Caller agent, UUID team) {
        var id = desk.ticket("Gearbox of " + UUID.randomUUID(), itsCustomer, agent, team);
        desk.set(id, "tags = array['matrix']");
        tickets.put(
                name,
                new Case(
                        id,
                        desk.value(id, "number"),
                        itsCustomer,
                        agent,
                        team,
                        desk.message(id, desk.admin, false, "It is made of walnut."),
                        desk.message(id, desk.admin, true, "It costs saffron.")));
    }

    private void handOver(String name, Caller newCustomer, Caller agent, UUID team) {
        var changed = tickets.get(name).to(newCustomer, agent, team);
        tickets.put(name, changed);
        desk.set(
                changed.id(),
                "customer_id = %s, assigned_agent_id = %s, assigned_team_id = %s"
                        .formatted(id(newCustomer), id(agent), team == null ? "null" : "'" + team + "'"));
    }

    private static String id(Caller person) {
        return person == null ? "null" : "'" + person.id() + "'";
    }

    private boolean sees(Caller caller, Case ticket) {
        return caller == desk.admin
                || caller == ticket.customer()
                || caller == ticket.agent()
                || ticket.team() != null && teams.get(ticket.team()).contains(caller);
    }

    private boolean isCustomer(Caller caller) {
        return caller == customer || caller == otherCustomer;
    }

    private void checkEveryCell(String when) {
        callers.forEach((name, caller) -> {
            var cells = when + ", " + name + ", ";
            var seen = seen(ticket -> sees(caller, ticket));
            var notes = isCustomer(caller) ? new TreeSet<String>() : seen;
            for (var filter : new String[] {"", "?status=open", "?tag=matrix", "?q=gearbox", "?q=walnut"}) {
                assertEquals(seen, ids(get(caller, "/api/tickets" + filter)), cells + "list " + filter);
            }
            assertEquals(notes, ids(get(caller, "/api/tickets?q=saffron")), cells + "search in notes");
            tickets.forEach((title, ticket) -> checkTicket(caller, ticket, cells + title + ", "));
        });
        try (var app = Sql.superuser().app().open()) {
            app.begin();
            callers.forEach((name, caller) -> {
                app.run(
                        "select set_config('app.org_id', '%s', true), set_config('app.user_id', '%s', true), set_config('app.role', '%s', true)"
                                .formatted(caller.orgId(), caller.id(), role(caller)));
                var cells = when + ", by SQL, " + name + ", ";
                Predicate<Case> seen = ticket -> sees(caller, ticket);
                assertEquals(seen(seen), new TreeSet<>(app.column("select id from tickets")), cells + "tickets");
                for (var words : new String[] {"gearbox", "walnut"}) {
                    assertEquals(
                            seen(seen),
                            new TreeSet<>(app.column(
                                    "select id from tickets where id in (select search_tickets('" + words + "'))")),
                            cells + words);
                }
                var read = "select m.ticket_id from messages m where m.id in (" + quoted(true) + ")";
                assertEquals(seen(seen), new TreeSet<>(app.column(read)), cells + "messages");
                var noted = "select m.ticket_id from messages m where m.id in (" + quoted(false) + ")";
                assertEquals(
                        seen(seen.and(ticket -> !isCustomer(caller))),
                        new TreeSet<>(app.column(noted)),
                        cells + "notes");
            });
        }
    }

    private void checkTicket(Caller caller, Case ticket, String cell) {
        var sees = sees(caller, ticket);
        var path = "/api/tickets/" + ticket.id();
        assertEquals(sees ? 200 : 404, get(caller, path).statusCode(), cell + "show");
        assertEquals(
                sees,
                ids(get(caller, "/api/tickets?number=" + ticket.number()))
                        .contains(ticket.id().toString()),
                cell + "by number");
        var messages = get(caller, path + "/messages?limit=200");
        assertEquals(sees ? 200 : 404, messages.statusCode(), cell + "messages");
        assertEquals(sees, messages.body().contains(ticket.message().toString()), cell + "the message");
        assertEquals(
                sees && !isCustomer(caller),
                messages.body().contains(ticket.note().toString()),
                cell + "the note");
        assertEquals(
                sees ? 201 : 404,
                send(caller, "POST", path + "/messages", "{\"content\": \"Hello\"}")
                        .statusCode(),
                cell + "send");
        assertEquals(
                isCustomer(caller) ? 403 : sees ? 200 : 404,
                send(caller, "PATCH", path, "{\"priority\": \"high\"}").statusCode(),
                cell + "change");
    }

    private String quoted(boolean isPublic) {
        return tickets.values().stream()
                .map(ticket -> "'" + (isPublic ? ticket.message() : ticket.note()) + "'")
                .collect(Collectors.joining(", "));
    }

    private String role(Caller caller) {
        return isCustomer(caller) ? "customer" : caller == desk.admin || caller == stranger ? "admin" : "agent";
    }

    private TreeSet<String> seen(Predicate<Case> condition) {
        return tickets.values().stream()
                .filter(condition)
                .map(ticket -> ticket.id().toString())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static TreeSet<String> ids(HttpResponse<String> page) {
        assertEquals(200, page.statusCode(), page.body());
        return new JsonObject(page.body())
                .getJsonArray("items").stream()
                        .map(item -> ((JsonObject) item).getString("id"))
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    private static HttpResponse<String> get(Caller caller, String path) {
        return send(caller, "GET", path, null);
    }

    /** By the JDK's client: RestAssured would take most of the time that a thousand requests need. */
    private static HttpResponse<String> send(Caller caller, String method, String path, String body) {
        var request = HttpRequest.newBuilder(URI.create(RestAssured.baseURI + ":" + RestAssured.port + path))
                .header("Authorization", "Bearer " + caller.token())
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        try {
            return HTTP.send(request, BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
