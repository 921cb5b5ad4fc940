package io.switchboard.voice;

import io.switchboard.kit.test.PeerRequests;
import io.vertx.core.json.JsonObject;
import java.util.UUID;

/** The API keys of providers that people keep in auth-service, as it answers for them. */
public final class KeptKeys {
    private KeptKeys() {}

    /** The first admin's key; no other keeps one. */
    public static void keep(String provider, UUID adminId, String apiKey) {
        PeerRequests.answer(path(provider), 200, key(provider, adminId, apiKey));
        PeerRequests.answer(path(provider), 404, "{}", "after=");
    }

    /** The key of the admin that comes next. */
    public static void keepAfter(UUID previousId, String provider, UUID adminId, String apiKey) {
        PeerRequests.answer(path(provider), 200, key(provider, adminId, apiKey), "after=" + previousId);
    }

    /** No admin keeps a key. */
    public static void keepNone(String provider) {
        PeerRequests.answer(path(provider), 404, "{}");
    }

    /** The key that a user keeps. */
    public static void keepOf(UUID userId, String provider, String apiKey) {
        PeerRequests.answer(path(userId + "/" + provider), 200, key(provider, userId, apiKey));
    }

    /** auth-service is away. */
    public static void away(String provider) {
        PeerRequests.answer(path(provider), 503, "{}");
    }

    public static String path(String provider) {
        return "/internal/api-keys/" + provider + ":reveal";
    }

    private static String key(String provider, UUID userId, String apiKey) {
        return new JsonObject()
                .put("userId", userId.toString())
                .put("provider", provider)
                .put("apiKey", apiKey)
                .encode();
    }
}
