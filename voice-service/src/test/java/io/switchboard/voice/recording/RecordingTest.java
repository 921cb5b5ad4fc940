package io.switchboard.voice.recording;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.switchboard.kit.id.UuidV7;
import io.switchboard.kit.test.AuditTrail;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PeerRequests;
import io.switchboard.kit.test.Sql;
import io.switchboard.voice.KeptKeys;
import io.switchboard.voice.LogText;
import io.switchboard.voice.ProviderServer;
import io.switchboard.voice.VoiceProfile;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Recordings come from their provider, with the organization's own key. */
@QuarkusTest
@TestProfile(VoiceProfile.class)
class RecordingTest {
    static final String ACCOUNT = "AC0123456789abcdef0123456789abcdef";
    static final String TWILIO_KEY = ACCOUNT + ":token-canary-5150";
    static final String BASIC = "Basic " + Base64.getEncoder().encodeToString(TWILIO_KEY.getBytes(UTF_8));
    static final String RECORDINGS = "/2010-04-01/Accounts/" + ACCOUNT + "/Recordings/";
    static final String SID = "RE0123456789abcdef0123456789abcdef";
    static final String MEDIA = RECORDINGS + SID + ".mp3";
    static final String TOLD = "https://api.twilio.com" + RECORDINGS + SID;

    static final UUID ADMIN = UUID.randomUUID();

    final Caller acme = Caller.adminOfNewOrg();
    final String vapiId = UUID.randomUUID().toString();
    final byte[] sound = new byte[300_000];

    ProviderServer provider;

    @BeforeEach
    void start() {
        provider = ProviderServer.start();
        new Random(5).nextBytes(sound);
        KeptKeys.keep("vapi", ADMIN, "vapi-canary-5150");
        KeptKeys.keep("twilio", ADMIN, TWILIO_KEY);
    }

    @AfterEach
    void stop() {
        provider.close();
    }

    @Test
    void a_fresh_link_is_passed_on_and_each_fetch_is_audited_once() {
        var link = "https://storage.example.com/recording.mp3?X-Signature=a%2Fb&X-Expires=300";
        provider.answer("/call/" + vapiId + "/mono-recording", 302, Map.of("Location", link), "");
        var call = call("vapi", vapiId, "https://storage.vapi.ai/gone.wav");
        try (var log = LogText.listen()) {
            Recordings.fetch(acme, call)
                    .then()
                    .statusCode(302)
                    .header("Location", is(link))
                    .header("Cache-Control", is("no-store"));
            assertFalse(log.text().contains("canary-5150"), "the key is not logged");
        }
        assertEquals(1, provider.asked().size());
        assertEquals("Bearer vapi-canary-5150", provider.asked().get(0).authorization());
        var fetched = AuditTrail.await(1, acme.orgId(), "fetch_recording");
        assertEquals(1, fetched.size());
        assertEquals(call.toString(), fetched.get(0).getString("resourceId"));
        assertEquals(acme.id().toString(), fetched.get(0).getString("actorId"));
        assertFalse(AuditTrail.of(acme.orgId()).toString().contains("canary-5150"));
    }

    @Test
    void a_recording_that_wants_the_key_is_passed_on_in_whole_or_in_parts() {
        provider.file(MEDIA, "audio/mpeg", sound);
        var call = call("twilio", "CA0123456789abcdef0123456789abcdef", TOLD);
        var whole = Recordings.fetch(acme, call);
        whole.then()
                .statusCode(200)
                .contentType("audio/mpeg")
                .header("Accept-Ranges", is("bytes"))
                .header("X-Content-Type-Options", is("nosniff"))
                .header("Content-Length", is("300000"));
        assertArrayEquals(sound, whole.asByteArray());
        var part = acme.request().header("Range", "bytes=1000-1999").get(path(call));
        part.then().statusCode(206).header("Content-Range", is("bytes 1000-1999/300000"));
        assertArrayEquals(Arrays.copyOfRange(sound, 1000, 2000), part.asByteArray());
        acme.request()
                .header("Range", "bytes=300000-")
                .get(path(call))
                .then()
                .statusCode(416)
                .header("Content-Range", is("bytes */300000"))
                .body("type", endsWith("range_not_satisfiable"));
        acme.request()
                .header("Range", "bytes=0-9, 20-29")
                .get(path(call))
                .then()
                .statusCode(200)
                .header("Content-Length", is("300000"));
        assertTrue(provider.asked().stream().noneMatch(asked -> asked.headers().contains("20-29")));
        acme.request().head(path(call)).then().statusCode(200).header("Content-Length", is("300000"));
        assertTrue(provider.asked().stream()
                .allMatch(asked -> asked.authorization().equals(BASIC)));
        assertTrue(provider.asked().stream().noneMatch(asked -> asked.headers().contains(acme.token())));
    }

    @Test
    void a_leg_has_the_recording_that_its_head_has_not() {
        provider.file(MEDIA, "audio/mpeg", sound);
        var head = call("vapi", vapiId, null);
        var leg = call("twilio", "CA0123456789abcdef0123456789abcdef", TOLD);
        Sql.superuser().run("update call_logs set head_id = '" + head + "' where id = '" + leg + "'");
        assertArrayEquals(sound, Recordings.fetch(acme, head).asByteArray());
    }

    @Test
    void every_failure_says_what_is_the_matter() {
        var call = call("vapi", vapiId, null);
        var path = "/call/" + vapiId + "/mono-recording";
        refused(Recordings.fetch(acme, call), 404, "recording_not_found");
        for (var refusal :
                Map.of(401, "provider_key_refused", 403, "provider_key_refused").entrySet()) {
            provider.answer(path, refusal.getKey(), Map.of(), "{}");
            refused(Recordings.fetch(acme, call), 409, refusal.getValue());
        }
        for (int away : new int[] {429, 500, 503}) {
            provider.answer(path, away, Map.of(), "{}");
            refused(Recordings.fetch(acme, call), 503, "unavailable");
        }
        provider.answer(path, 400, Map.of(), "{}");
        refused(Recordings.fetch(acme, call), 502, "provider_failed");
        for (var location : new String[] {"/relative", "javascript:alert(1)", "http://plain.example.com/x"}) {
            provider.answer(path, 302, Map.of("Location", location), "");
            refused(Recordings.fetch(acme, call), 502, "provider_failed");
        }
        assertEquals(0, AuditTrail.of(acme.orgId(), "fetch_recording").size());
        provider.close();
        refused(Recordings.fetch(acme, call), 503, "unavailable");
        provider = ProviderServer.start();
        refused(Recordings.fetch(acme, call("nobody", "x", null)), 404, "recording_not_found");
        KeptKeys.keepNone("vapi");
        refused(Recordings.fetch(acme, call), 409, "provider_key_missing");
        PeerRequests.answer(KeptKeys.path("vapi"), 200, "{\"apiKey\":");
        refused(Recordings.fetch(acme, call), 503, "unavailable");
        PeerRequests.answer(KeptKeys.path("vapi"), 503, "{}");
        refused(Recordings.fetch(acme, call), 503, "unavailable");
        assertTrue(provider.asked().isEmpty());
    }

    @Test
    void nobody_hears_what_he_may_not_see() {
        provider.file(MEDIA, "audio/mpeg", sound);
        var call = call("twilio", "CA0123456789abcdef0123456789abcdef", TOLD);
        var client = acme.colleague("client");
        refused(Recordings.fetch(Caller.adminOfNewOrg(), call), 404, "call_not_found");
        refused(Recordings.fetch(client, call), 404, "call_not_found");
        refused(Recordings.fetch(acme, UUID.randomUUID()), 404, "call_not_found");
        acme.request().get("/api/calls/not-an-id/recording").then().statusCode(404);
        acme.colleague("customer").request().get(path(call)).then().statusCode(403);
        Sql.superuser().run("update call_logs set client_id = '" + client.id() + "' where id = '" + call + "'");
        Recordings.fetch(client, call).then().statusCode(200);
        Recordings.fetch(acme.colleague("agent"), call).then().statusCode(200);
        acme.put("/api/calls/settings", Map.of("recordings", 1)).then().statusCode(200);
        Recordings.fetch(acme, call).then().statusCode(200);
        var ofLastYear =
                UUID.fromString("01890000" + UUID.randomUUID().toString().substring(8));
        refused(Recordings.fetch(acme, call(ofLastYear, "twilio", "CA1", TOLD)), 404, "recording_not_found");
        Sql.superuser().run("update call_logs set erased_at = now() where id = '" + call + "'");
        refused(Recordings.fetch(acme, call), 404, "recording_not_found");
    }

    @Test
    void a_page_that_poses_as_a_recording_is_no_page() {
        provider.file(MEDIA, "text/html; charset=utf-8", "<script>alert(1)</script>".getBytes(UTF_8));
        var call = call("twilio", "CA0123456789abcdef0123456789abcdef", TOLD);
        Recordings.fetch(acme, call)
                .then()
                .contentType("application/octet-stream")
                .header("Set-Cookie", nullValue());
    }

    private UUID call(String provider, String providerCallId, String recordingUrl) {
        return call(UuidV7.next(), provider, providerCallId, recordingUrl);
    }

    private UUID call(UUID id, String provider, String providerCallId, String recordingUrl) {
        return Recordings.insert(acme, id, provider, providerCallId, recordingUrl);
    }

    private static String path(UUID call) {
        return "/api/calls/" + call + "/recording";
    }

    private static void refused(Response answer, int status, String type) {
        answer.then().log().ifValidationFails().statusCode(status).body("type", endsWith(type));
    }
}
