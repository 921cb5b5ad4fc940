package io.switchboard.voice;

import io.switchboard.kit.test.PeerRequests;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;

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

    /** Whom it takes the number's owner for. */
    public static void answerContact(String phone, UUID contactId) {
        PeerRequests.answer(path(phone), 200, "{\"id\": \"" + contactId + "\"}");
    }

    private static String path(String phone) {
        return "/internal/contacts/by-phone/" + phone;
    }
}
