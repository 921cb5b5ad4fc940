package io.switchboard.voice;

import static io.restassured.RestAssured.given;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;

/** What crm-service was told, and how it is to answer. */
public final class Crm {
    private Crm() {}

    public static List<JsonObject> contacts(String phone) {
        return recorded(path(phone));
    }

    public static List<JsonObject> notifications(String callId) {
        return recorded("/internal/notifications").stream()
                .filter(call -> call.getString("body").contains(callId))
                .toList();
    }

    public static void answer(String phone, int status) {
        given().baseUri(url())
                .queryParam("path", path(phone))
                .queryParam("status", status)
                .get("/answer")
                .then()
                .statusCode(204);
    }

    static List<JsonObject> recorded(String path) {
        var calls =
                given().baseUri(url()).queryParam("path", path).get("/recorded").asString();
        return new JsonArray(calls).stream().map(JsonObject.class::cast).toList();
    }

    private static String path(String phone) {
        return "/internal/contacts/by-phone/" + phone;
    }

    private static String url() {
        return ConfigProvider.getConfig().getValue("switchboard.test.neighbours", String.class);
    }
}
