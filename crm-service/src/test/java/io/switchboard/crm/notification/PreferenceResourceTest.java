package io.switchboard.crm.notification;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.switchboard.crm.Colleagues;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import io.switchboard.kit.test.SqlRefusal;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class PreferenceResourceTest {
    private static final String PATH = "/api/notifications/preferences";

    final UUID acme = UUID.randomUUID();
    Caller ada;
    Caller eve;

    @BeforeEach
    void join() {
        ada = Colleagues.joined("admin", acme);
        eve = Colleagues.joined("agent", acme);
    }

    @Test
    void every_type_comes_by_app_until_the_user_chooses() {
        ada.get(PATH)
                .then()
                .statusCode(200)
                .body("items", hasSize(NotificationType.values().length))
                .body("items.channels", everyItem(contains("app")));
        put(item("hot_lead", "webhook", "app", "email"), item("missed_call", "app"))
                .statusCode(200)
                .body("items.find {it.type == 'hot_lead'}.channels", contains("app", "email", "webhook"));
        ada.get(PATH).then().body("items.find {it.type == 'hot_lead'}.channels", contains("app", "email", "webhook"));
        eve.get(PATH).then().body("items.channels", everyItem(contains("app")));
        put(item("sla_breach", "app", "email")).statusCode(200);
        ada.get(PATH)
                .then()
                .body("items.find {it.type == 'hot_lead'}.channels", contains("app"))
                .body("items.find {it.type == 'sla_breach'}.channels", contains("app", "email"));
        assertEquals(
                1,
                Sql.superuser().number("select count(*) from notification_preferences where org_id = '" + acme + "'"));
    }

    @Test
    void a_notification_has_the_channels_that_its_user_wants() {
        put(item("system_alert", "app", "email")).statusCode(200);
        var alert = Map.of(
                "audience",
                Map.of("roles", List.of("admin", "agent")),
                "type",
                "system_alert",
                "title",
                "Hi",
                "message",
                "x");
        ada.post("/api/notifications", alert).then().statusCode(201).body("created", is(2));
        ada.get("/api/notifications").then().body("items[0].channels", contains("app", "email"));
        eve.get("/api/notifications").then().body("items[0].channels", contains("app"));
    }

    @Test
    void preferences_that_make_no_sense_are_refused() {
        put(item("hot_lead", "email")).statusCode(422).body("errors.field", contains("items[0].channels"));
        put(item("hot_lead")).statusCode(422);
        put(item("hot_lead", "app"), item("hot_lead", "app", "email"))
                .statusCode(422)
                .body("errors.field", contains("items"));
        put(item("gossip", "app")).statusCode(400);
        put(item("hot_lead", "app", "pigeon")).statusCode(400);
        ada.put(PATH, Map.of()).then().statusCode(422).body("errors.field", contains("items"));
        ada.get(PATH).then().body("items.channels", everyItem(contains("app")));
    }

    @Test
    void the_database_keeps_preferences_apart_and_sensible() {
        put(item("hot_lead", "app", "email")).statusCode(200);
        var asEve = Sql.app(acme, eve.id(), "agent");
        assertEquals(List.of(), asEve.column("delete from notification_preferences returning id"));
        var insert =
                "insert into notification_preferences (org_id, user_id, type, channels) values ('%s', '%s', 'hot_lead', '%s')";
        refused(asEve, insert.formatted(acme, ada.id(), "{app}"), "42501");
        refused(asEve, insert.formatted(acme, eve.id(), "{email}"), "23514");
        refused(asEve, insert.formatted(acme, eve.id(), "{app,pigeon}"), "23514");
    }

    private static void refused(Sql app, String sql, String state) {
        assertEquals(state, assertThrows(SqlRefusal.class, () -> app.run(sql)).state());
    }

    private ValidatableResponse put(Object... items) {
        return ada.put(PATH, Map.of("items", List.of(items))).then();
    }

    private static Map<String, Object> item(String type, String... channels) {
        return Map.of("type", type, "channels", List.of(channels));
    }
}
