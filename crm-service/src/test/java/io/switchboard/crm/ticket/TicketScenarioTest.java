package io.switchboard.crm.ticket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Scenario;
import io.switchboard.kit.test.Sql;
import io.switchboard.kit.test.SqlRefusal;
import io.switchboard.kit.test.SqlSession;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Random changes of status and messages, by API and by SQL, against a small model of a ticket's life. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class TicketScenarioTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int STEPS = 8;
    private static final List<String> STATUSES = List.of("new", "open", "open", "pending", "resolved", "closed");
    private static final Set<String> DONE = Set.of("resolved", "closed");

    @Test
    void a_tickets_life_is_what_a_small_model_says() {
        try (var app = Sql.superuser().app().open()) {
            app.begin();
            Scenario.run(run -> new Life(run, app).play());
        }
    }

    /** @param answered whether staff has said something that the customer can read */
    private record Expected(String status, int reopened, boolean answered, int messages) {
        Expected to(String next) {
            var reopens = DONE.contains(status) && !DONE.contains(next);
            return new Expected(next, reopened + (reopens ? 1 : 0), answered, messages);
        }

        Expected with(Message message) {
            var next = this;
            if (message == Message.ANSWER && status.equals("new")) {
                next = to("open");
            } else if (message == Message.CUSTOMER
                    && Set.of("pending", "resolved").contains(status)) {
                next = to("open");
            }
            return new Expected(next.status, next.reopened, answered || message == Message.ANSWER, messages + 1);
        }

        String words() {
            return String.join(
                    " ",
                    status,
                    "" + DONE.contains(status),
                    "" + status.equals("closed"),
                    "" + reopened,
                    "" + (reopened > 0),
                    "" + answered,
                    "" + messages);
        }
    }

    private enum Message {
        CUSTOMER,
        ANSWER,
        NOTE,
        AI
    }

    private static final class Life {
        private final Scenario run;
        private final SqlSession app;
        private final Caller agent = Caller.agentOfNewOrg();
        private final Caller customer = agent.colleague("customer");
        private final UUID ticket = UUID.randomUUID();
        private Expected expected = new Expected("new", 0, false, 0);

        Life(Scenario run, SqlSession app) {
            this.run = run;
            this.app = app;
        }

        void play() {
            sql(
                    agent,
                    "agent",
                    "with joined as (insert into members (org_id, id, name, email, role, is_active, version) select current_org_id(),"
                            + " id::uuid, 'Jo', 'jo@example.com', 'agent', true, 1 from unnest(array['%s', '%s']) id)"
                                    .formatted(agent.id(), customer.id())
                            + " insert into tickets (org_id, id, title, customer_id, assigned_agent_id) values (current_org_id(), '%s', 'Echo', '%s', '%s') returning 1"
                                    .formatted(ticket, customer.id(), agent.id()));
            for (int i = 0; i < STEPS; i++) {
                if (run.chance(50)) {
                    move(run.oneOf(STATUSES));
                } else {
                    say(run.oneOf(List.of(Message.values())));
                }
            }
            compare();
        }

        private void move(String status) {
            var isLegal = !status.equals("new") || expected.status().equals("new");
            if (run.chance(50)) {
                run.step("patches to " + status, () -> {
                    var answer = send(agent, "PATCH", "", new JsonObject().put("status", status));
                    check(answer, isLegal ? 200 : 409, isLegal ? status : "ticket_status_illegal");
                });
            } else {
                run.step("updates to " + status, () -> {
                    var update = "update tickets set status = '" + status + "' where id = '" + ticket + "' returning 1";
                    assertEquals(isLegal ? "done" : "ticket_status_illegal", tried(agent, "agent", update));
                });
            }
            if (isLegal) {
                expected = expected.to(status);
            }
        }

        private void say(Message message) {
            var isTaken = !expected.status().equals("closed");
            var who = message == Message.CUSTOMER ? customer : agent;
            if (message != Message.AI && run.chance(50)) {
                run.step("sends " + message, () -> {
                    var form = new JsonObject().put("content", "Hello").put("internal", message == Message.NOTE);
                    check(
                            send(who, "POST", "/messages", form),
                            isTaken ? 201 : 409,
                            isTaken ? "Hello" : "ticket_closed");
                });
            } else {
                run.step("inserts " + message, () -> {
                    var role = message == Message.AI ? "service" : message == Message.CUSTOMER ? "customer" : "agent";
                    var type = message == Message.AI ? "ai" : role;
                    var insert = "insert into messages (org_id, ticket_id, sender_id, type, is_internal, content)"
                            + " values (current_org_id(), '%s', '%s', '%s', %s, 'Hello') returning 1"
                                    .formatted(ticket, who.id(), type, message == Message.NOTE);
                    assertEquals(isTaken ? "done" : "ticket_closed", tried(who, role, insert));
                });
            }
            if (isTaken) {
                expected = expected.with(message);
            }
        }

        private void compare() {
            run.step("compares", () -> {
                assertEquals(
                        List.of(expected.words()),
                        sql(
                                agent,
                                "agent",
                                "select concat_ws(' ', status, case when resolved_at is null then 'false' else 'true' end,"
                                        + " case when closed_at is null then 'false' else 'true' end, reopened_count,"
                                        + " case when last_reopened_at is null then 'false' else 'true' end,"
                                        + " case when first_responded_at is null then 'false' else 'true' end,"
                                        + " (select count(*) from messages m where m.org_id = t.org_id and m.ticket_id = t.id)) from tickets t"),
                        "by SQL");
                var shown = new JsonObject(send(agent, "GET", "", null).body());
                assertEquals(
                        expected.words(),
                        String.join(
                                " ",
                                shown.getString("status"),
                                "" + (shown.getString("resolvedAt") != null),
                                "" + (shown.getString("closedAt") != null),
                                "" + shown.getInteger("reopenedCount"),
                                "" + (shown.getString("lastReopenedAt") != null),
                                "" + (shown.getString("firstRespondedAt") != null),
                                "" + messages()),
                        "by API");
            });
        }

        private int messages() {
            var page = new JsonObject(send(agent, "GET", "/messages", null).body());
            return page.getJsonArray("items").size();
        }

        private static void check(HttpResponse<String> answer, int status, String word) {
            assertEquals(status, answer.statusCode(), answer.body());
            assertTrue(answer.body().contains(word), answer.body());
        }

        /** What a statement is refused with. */
        private String tried(Caller caller, String role, String statement) {
            try {
                assertEquals(List.of("1"), sql(caller, role, statement));
                return "done";
            } catch (SqlRefusal refused) {
                app.rollback();
                return refused.getMessage().replaceFirst("(?s)ERROR: (\\w+).*", "$1");
            }
        }

        private List<String> sql(Caller caller, String role, String statement) {
            app.run(
                    "select set_config('app.org_id', '%s', true), set_config('app.user_id', '%s', true), set_config('app.role', '%s', true)"
                            .formatted(caller.orgId(), caller.id(), role));
            var column = app.column(statement);
            app.commit();
            return column;
        }

        private HttpResponse<String> send(Caller caller, String method, String path, JsonObject body) {
            var request = HttpRequest.newBuilder(
                            URI.create(RestAssured.baseURI + ":" + RestAssured.port + "/api/tickets/" + ticket + path))
                    .header("Authorization", "Bearer " + caller.token())
                    .header("Content-Type", "application/json")
                    .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.encode()))
                    .build();
            try {
                return HTTP.send(request, BodyHandlers.ofString());
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
