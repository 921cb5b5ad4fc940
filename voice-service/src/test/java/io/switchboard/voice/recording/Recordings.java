package io.switchboard.voice.recording;

import io.restassured.response.Response;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PeerRequests;
import io.switchboard.kit.test.Sql;
import io.vertx.core.json.JsonObject;
import java.util.UUID;

/** Calls with recordings, and the keys that admins keep for them in auth-service. */
final class Recordings {
    private Recordings() {}

    /** The first admin's key; no other keeps one. */
    static void keep(String provider, UUID adminId, String apiKey) {
        answer(provider, adminId, apiKey, "");
        PeerRequests.answer(path(provider), 404, "{}", "after=");
    }

    /** The key of the admin that comes next. */
    static void keepAfter(UUID previousId, String provider, UUID adminId, String apiKey) {
        answer(provider, adminId, apiKey, "after=" + previousId);
    }

    static void keepNone(String provider) {
        PeerRequests.answer(path(provider), 404, "{}");
    }

    /** @param recordingUrl null for a call of which none was told */
    static UUID insert(Caller caller, UUID id, String provider, String providerCallId, String recordingUrl) {
        Sql.superuser()
                .run(
                        "insert into call_logs (org_id, id, provider, provider_call_id, started_at, recording_url) values ('"
                                + caller.orgId() + "', '" + id + "', '" + provider + "', '" + providerCallId
                                + "', now(), "
                                + (recordingUrl == null ? "null" : "'" + recordingUrl + "'") + ")");
        return id;
    }

    static Response fetch(Caller caller, UUID call) {
        return caller.request().redirects().follow(false).get("/api/calls/" + call + "/recording");
    }

    static String path(String provider) {
        return "/internal/api-keys/" + provider + ":reveal";
    }

    private static void answer(String provider, UUID adminId, String apiKey, String containing) {
        var key = new JsonObject()
                .put("userId", adminId.toString())
                .put("provider", provider)
                .put("apiKey", apiKey);
        PeerRequests.answer(path(provider), 200, key.encode(), containing);
    }
}
