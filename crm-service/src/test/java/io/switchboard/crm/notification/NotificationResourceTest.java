package io.switchboard.crm.notification;

import static java.time.Duration.ofSeconds;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.crm.Colleagues;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import io.switchboard.kit.test.SqlRefusal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class NotificationResourceTest {
    final UUID acme = UUID.randomUUID();
    final Caller voice = Caller.service("voice-service", acme);
    Caller admin;
    Caller agent;

    @BeforeEach
    void join() {
        admin = Colleagues.joined("admin", acme);
        agent = Colleagues.joined("agent", acme);
    }

    @Test
    void only_its_user_sees_a_notification() {
        String id = notify(admin, "Your trunk is down");
        admin.get("/api/notifications").then().statusCode(200).body("items.id", contains(id));
        agent.get("/api/notifications").then().body("items", empty());
        agent.get("/api/notifications/unread-count").then().body("count", is(0));
        for (var act : List.of("read", "archive")) {
            agent.post("/api/notifications/" + id + "/" + act, "")
                    .then()
                    .statusCode(404)
                    .body("type", endsWith("notification_not_found"));
        }
        agent.post("/api/notifications/read-all", "").then().statusCode(204);
        admin.get("/api/notifications?status=unread").then().body("items.id", contains(id));
    }

    @Test
    void a_notification_is_read_and_put_away_and_never_comes_back() {
        String id = notify(admin, "Your trunk is down");
        admin.get("/api/notifications").then().body("items[0].readAt", nullValue());
        String readAt = admin.post("/api/notifications/" + id + "/read", "")
                .then()
                .statusCode(200)
                .body("status", is("read"))
                .body("readAt", notNullValue())
                .extract()
                .path("readAt");
        admin.post("/api/notifications/" + id + "/read", "").then().body("readAt", is(readAt));
        admin.post("/api/notifications/" + id + "/archive", "")
                .then()
                .statusCode(200)
                .body("status", is("archived"))
                .body("readAt", is(readAt));
        admin.post("/api/notifications/" + id + "/read", "").then().body("status", is("archived"));
        admin.get("/api/notifications?status=archived").then().body("items.id", contains(id));
        admin.get("/api/notifications?status=read").then().body("items", empty());
    }

    @Test
    void all_are_read_at_once() {
        for (int i = 0; i < 3; i++) {
            notify(admin, "No " + i);
        }
        notify(agent, "Not yours");
        admin.get("/api/notifications/unread-count").then().body("count", is(3));
        admin.post("/api/notifications/read-all", "").then().statusCode(204);
        admin.get("/api/notifications/unread-count").then().body("count", is(0));
        admin.get("/api/notifications").then().body("items.status", everyItem(is("read")));
        agent.get("/api/notifications/unread-count").then().body("count", is(1));
    }

    @Test
    void pages_show_each_notification_once_newest_first() {
        for (int i = 0; i < 5; i++) {
            notify(admin, "No " + i);
        }
        admin.get("/api/notifications").then().body("items.title", contains("No 4", "No 3", "No 2", "No 1", "No 0"));
        Sql.superuser()
                .withoutTriggers()
                .run("update notifications set created_at = now() where org_id = '%s'".formatted(acme));
        var seen = new ArrayList<String>();
        var cursor = "";
        for (int page = 0; page < 3; page++) {
            var answer = admin.get("/api/notifications?limit=2&status=unread" + cursor);
            seen.addAll(answer.jsonPath().getList("items.id", String.class));
            cursor = "&cursor=" + answer.path("nextCursor");
        }
        assertEquals("&cursor=null", cursor);
        assertEquals(5, new HashSet<>(seen).size());
        admin.get("/api/notifications?status=seen").then().statusCode(400).body("type", endsWith("invalid_filter"));
    }

    @Test
    void users_can_only_move_the_status_forward_in_the_database() {
        String id = notify(admin, "Your trunk is down");
        admin.post("/api/notifications/" + id + "/archive", "");
        refused(admin, "update notifications set title = 'x'", "42501");
        refused(admin, "delete from notifications", "42501");
        refused(
                admin,
                "insert into notifications (org_id, user_id, type, title, message) values ('%s', '%s', 'hot_lead', 'x', 'x')"
                        .formatted(acme, admin.id()),
                "42501");
        refused(admin, "update notifications set status = 'unread'", "SB409");
        assertEquals(
                List.of(),
                Sql.app(acme, agent.id(), "agent").column("update notifications set status = 'archived' returning id"));
    }

    @Test
    void old_ones_expire() {
        String id = notify(admin, "Your trunk is down");
        notify(admin, "Your trunk is up");
        var days = "select extract(day from expires_at - created_at)::int from notifications where id = '" + id + "'";
        assertEquals(30, Sql.superuser().number(days));
        Sql.superuser()
                .run("update notifications set expires_at = now() - interval '1 second' where id = '" + id + "'");
        await().atMost(ofSeconds(20))
                .untilAsserted(() -> admin.get("/api/notifications").then().body("items", hasSize(1)));
        admin.get("/api/notifications")
                .then()
                .body("items.title", contains("Your trunk is up"))
                .body("items", hasSize(1));
    }

    /** The id of what the person was told last. */
    private String notify(Caller person, String title) {
        var form = Map.of(
                "audience",
                Map.of("userId", person.id()),
                "type",
                "system_alert",
                "title",
                title,
                "message",
                "See to it.");
        voice.post("/internal/notifications", form).then().statusCode(200).body("created", is(1));
        return person.get("/api/notifications").path("items[0].id");
    }

    private void refused(Caller person, String sql, String state) {
        var app = Sql.app(acme, person.id(), "agent");
        assertEquals(state, assertThrows(SqlRefusal.class, () -> app.run(sql)).state());
    }
}
