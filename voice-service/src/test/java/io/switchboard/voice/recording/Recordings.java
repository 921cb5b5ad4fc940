package io.switchboard.voice.recording;

import io.restassured.response.Response;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.Sql;
import java.util.UUID;

/** Calls with recordings. */
final class Recordings {
    private Recordings() {}

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
}
