package io.switchboard.crm.notification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PeerRequests;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Scenario;
import io.switchboard.kit.test.Sql;
import io.switchboard.kit.test.SqlRefusal;
import io.switchboard.kit.test.SqlSession;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Random steps of three people of two organizations, by API and by SQL, against a small model of their notifications. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class NotificationScenarioTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int STEPS = 8;
    private static final List<String> STATUSES = List.of("unread", "read", "archived");
    private static final List<String> CHANNELS = List.of("app", "app,email", "app,webhook", "app,email,webhook");

    @Test
    void no_notification_goes_back_or_to_another_user() {
        try (var app = Sql.superuser().app().open();
                var superuser = Sql.superuser().open()) {
            app.begin();
            Scenario.run(run -> new People(run, app, superuser).play());
        }
    }

    /** A notification as it must be. */
    private record Expected(String status, String channels) {
        Expected with(String status) {
            return new Expected(status, channels);
        }
    }

    private static final class Person {
        private final String name;
        private final String role;
        private final Caller caller;
        private final Map<String, Expected> notifications = new TreeMap<>();
        private String channels = "app";

        Person(String name, String role, UUID org, SqlSession superuser) {
            this.name = name;
            this.role = role;
            this.caller = Caller.of(role, org);
            superuser.run("insert into members (org_id, id, name, email, role, is_active, version)"
                    + " values ('%s', '%s', '%s', 'x@example.com', '%s', true, 1)"
                            .formatted(org, caller.id(), name, role));
            PeerRequests.answer(
                    "/internal/members/" + caller.id(), 404); // what auth-service says to another organization
        }
    }

    private static final class People {
        private final Scenario run;
        private final SqlSession app;
        private final SqlSession superuser;
        private final List<Person> all;
        private Person who;

        People(Scenario run, SqlSession app, SqlSession superuser) {
            this.run = run;
            this.app = app;
            this.superuser = superuser;
            var acme = UUID.randomUUID();
            all = List.of(
                    new Person("Ada", "admin", acme, superuser),
                    new Person("Bea", "agent", acme, superuser),
                    new Person("Cem", "admin", UUID.randomUUID(), superuser));
        }

        void play() {
            for (int i = 0; i < STEPS; i++) {
                who = run.oneOf(all);
                run.oneOf(List.<Runnable>of(
                                this::alert,
                                this::create,
                                this::create,
                                this::act,
                                this::act,
                                this::update,
                                this::readAll,
                                this::prefer))
                        .run();
            }
            for (var person : all) {
                who = person;
                list();
            }
        }

        /** By API, to one person, perhaps of another organization, or to a role. */
        private void alert() {
            var to = run.oneOf(all);
            var byRole = run.chance(30);
            var audience = byRole
                    ? JsonObject.of("roles", JsonArray.of(to.role))
                    : JsonObject.of("userId", to.caller.id().toString());
            step("notifies " + (byRole ? to.role + "s" : to.name), () -> {
                var form = JsonObject.of("audience", audience, "type", "system_alert", "title", "Hi", "message", "x");
                var answer = send("POST", "", form);
                var receivers = all.stream()
                        .filter(person -> person.caller.orgId().equals(who.caller.orgId()))
                        .filter(person -> byRole ? person.role.equals(to.role) : person == to)
                        .toList();
                if (who.role.equals("agent")) {
                    assertEquals(403, answer.statusCode());
                } else if (receivers.isEmpty() && !byRole) {
                    assertEquals(422, answer.statusCode());
                } else {
                    assertEquals(201, answer.statusCode());
                    var created = new JsonObject(answer.body());
                    assertEquals(receivers.size(), created.getInteger("created"));
                    remember(
                            receivers,
                            created.getJsonArray("ids").stream()
                                    .map(String::valueOf)
                                    .toList());
                }
            });
        }

        /** By SQL, to one person, perhaps of another organization. */
        private void create() {
            var to = run.oneOf(all);
            step("notifies " + to.name + " by SQL", () -> {
                var ids = sql(
                        ("select unnest(create_notification('%s', null, 'system_alert', 'Hi', 'x', null, null, null,"
                                        + " null))")
                                .formatted(to.caller.id()));
                var receivers = to.caller.orgId().equals(who.caller.orgId()) ? List.of(to) : List.<Person>of();
                assertEquals(receivers.size(), ids.size());
                remember(receivers, ids);
            });
        }

        private void act() {
            var id = anyId();
            var isRead = run.chance(60);
            if (id == null) {
                return;
            }
            step((isRead ? "reads " : "archives ") + id, () -> {
                var known = who.notifications.get(id);
                var answer = send("POST", "/" + id + (isRead ? "/read" : "/archive"), null);
                assertEquals(known == null ? 404 : 200, answer.statusCode());
                if (known != null) {
                    var now = isRead && known.status().equals("archived") ? "archived" : isRead ? "read" : "archived";
                    assertEquals(now, new JsonObject(answer.body()).getString("status"));
                    who.notifications.put(id, known.with(now));
                }
            });
        }

        private void update() {
            var id = anyId();
            var status = run.oneOf(STATUSES);
            if (id == null) {
                return;
            }
            step("makes " + id + " " + status + " by SQL", () -> {
                var known = who.notifications.get(id);
                var update =
                        "update notifications set status = '%s' where id = '%s' returning id".formatted(status, id);
                if (known != null && STATUSES.indexOf(status) < STATUSES.indexOf(known.status())) {
                    assertEquals(
                            "SB409",
                            assertThrows(SqlRefusal.class, () -> sql(update)).state());
                    app.rollback();
                } else {
                    assertEquals(known == null ? 0 : 1, sql(update).size());
                    who.notifications.computeIfPresent(id, (any, before) -> before.with(status));
                }
            });
        }

        private void readAll() {
            step("reads all", () -> {
                assertEquals(204, send("POST", "/read-all", null).statusCode());
                who.notifications.replaceAll(
                        (id, before) -> before.status().equals("unread") ? before.with("read") : before);
            });
        }

        private void prefer() {
            var channels = run.oneOf(CHANNELS);
            step("prefers " + channels, () -> {
                var item =
                        JsonObject.of("type", "system_alert", "channels", new JsonArray(List.of(channels.split(","))));
                assertEquals(
                        200,
                        send("PUT", "/preferences", JsonObject.of("items", JsonArray.of(item)))
                                .statusCode());
                who.channels = channels;
            });
        }

        private void list() {
            step("lists", () -> {
                var expected = who.notifications.entrySet().stream()
                        .map(one -> one.getKey() + " " + one.getValue().status() + " "
                                + one.getValue().channels())
                        .collect(Collectors.toCollection(TreeSet::new));
                var listed = new JsonObject(send("GET", "?limit=200", null).body())
                        .getJsonArray("items").stream()
                                .map(JsonObject.class::cast)
                                .map(item -> item.getString("id") + " " + item.getString("status") + " "
                                        + item.getJsonArray("channels").stream()
                                                .map(String::valueOf)
                                                .collect(Collectors.joining(",")))
                                .collect(Collectors.toCollection(TreeSet::new));
                assertEquals(expected, listed, "by API");
                var rows =
                        sql("select id || ' ' || status || ' ' || array_to_string(channels, ',') from notifications");
                assertEquals(expected, new TreeSet<>(rows), "by SQL");
                var unread = who.notifications.values().stream()
                        .filter(one -> one.status().equals("unread"))
                        .count();
                assertEquals(
                        unread,
                        new JsonObject(send("GET", "/unread-count", null).body()).getLong("count"));
            });
        }

        private void remember(List<Person> receivers, List<String> ids) {
            for (var id : ids) {
                var owner = receivers.size() > 1 ? owner(id, receivers) : receivers.get(0);
                owner.notifications.put(id, new Expected("unread", owner.channels));
            }
        }

        private Person owner(String id, List<Person> receivers) {
            var user = superuser.value("select user_id from notifications where id = '" + id + "'");
            return receivers.stream()
                    .filter(person -> person.caller.id().toString().equals(user))
                    .findFirst()
                    .orElseThrow();
        }

        /** One's own, or another's; null where there is none. */
        private String anyId() {
            var owner = run.chance(75) ? who : run.oneOf(all);
            return owner.notifications.isEmpty() ? null : run.oneOf(List.copyOf(owner.notifications.keySet()));
        }

        /** By the JDK's client: RestAssured would take most of the time that thousands of requests need. */
        private HttpResponse<String> send(String method, String path, JsonObject body) {
            var request = HttpRequest.newBuilder(
                            URI.create(RestAssured.baseURI + ":" + RestAssured.port + "/api/notifications" + path))
                    .header("Authorization", "Bearer " + who.caller.token())
                    .header("Content-Type", "application/json")
                    .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.encode()));
            try {
                return HTTP.send(request.build(), BodyHandlers.ofString());
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        /** The first column of what the person gets. */
        private List<String> sql(String statement) {
            app.run(
                    "select set_config('app.org_id', '%s', true), set_config('app.user_id', '%s', true), set_config('app.role', '%s', true)"
                            .formatted(who.caller.orgId(), who.caller.id(), who.role));
            var column = app.column(statement);
            app.commit();
            return column;
        }

        private void step(String words, Runnable work) {
            run.step(who.name + " " + words, work);
        }
    }
}
