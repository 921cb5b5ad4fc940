package io.switchboard.voice;

import io.switchboard.kit.test.PeerRequests;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** What crm-service was told, and how it is to answer. */
public final class Crm {
    private Crm() {}

    public static List<JsonObject> contacts(String phone) {
        return PeerRequests.to(path(phone));
    }

    public static List<JsonObject> notifications(String callId) {
        return PeerRequests.to("/internal/notifications").stream()
                .filter(call -> call.getString("body").contains(callId))
                .toList();
    }

    public static void answer(String phone, int status) {
        PeerRequests.answer(path(phone), status);
    }

    private static String path(String phone) {
        return "/internal/contacts/by-phone/" + phone;
    }
}
