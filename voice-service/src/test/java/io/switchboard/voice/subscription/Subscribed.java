package io.switchboard.voice.subscription;

import static org.awaitility.Awaitility.await;

import io.restassured.response.Response;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.Sql;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/** A webhook subscription of an organization, whose receiver takes nothing. */
record Subscribed(Caller admin, String id) {
    static final String PATH = "/api/webhook-subscriptions";
    static final String URL = "https://hooks.example.com/switchboard";

    static Subscribed to(Caller admin, String... events) {
        var made = admin.post(PATH, Map.of("url", URL, "events", List.of(events)));
        made.then().statusCode(201);
        return new Subscribed(admin, made.path("id"));
    }

    String path() {
        return PATH + "/" + id;
    }

    Response deliveries() {
        return admin.get(path() + "/deliveries?limit=200");
    }

    List<String> types() {
        return deliveries().<List<String>>path("items.type").stream().sorted().toList();
    }

    /** What is sent with the event of the type. */
    JsonObject body(String type) {
        return new JsonObject(Sql.superuser()
                .value("select body from subscription_deliveries where subscription_id = '" + id + "' and type = '"
                        + type + "'"));
    }

    /** As the worker ends them; one that is under way may still end otherwise. */
    void end(String status) {
        await().untilAsserted(() -> {
            Sql.superuser()
                    .run("update subscription_deliveries set status = '" + status
                            + "', ended_at = now(), lease = null where subscription_id = '" + id + "'");
            deliveries().then().body("items.status", org.hamcrest.Matchers.everyItem(org.hamcrest.Matchers.is(status)));
        });
    }

    void patch(Map<String, ?> change, int status) {
        admin.patch(path(), change).then().statusCode(status);
    }
}
