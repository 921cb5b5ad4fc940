package io.switchboard.voice.recording;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.switchboard.kit.id.UuidV7;
import io.switchboard.kit.test.Caller;
import io.switchboard.voice.KeptKeys;
import io.switchboard.voice.ProviderServer;
import io.switchboard.voice.VoiceProfile;
import io.vertx.core.json.JsonObject;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How each provider's recordings are fetched, as its API wants it. */
@QuarkusTest
@TestProfile(VoiceProfile.class)
class EachProviderTest {
    static final String LINK = "https://files.example.com/recording.mp3?signature=1";

    final Caller acme = Caller.adminOfNewOrg();
    final byte[] sound = new byte[5_000];
    ProviderServer provider;

    @BeforeEach
    void start() {
        provider = ProviderServer.start();
        new Random(7).nextBytes(sound);
    }

    @AfterEach
    void stop() {
        provider.close();
    }

    @Test
    void retell_names_a_fresh_link() {
        provider.answer("/v2/get-call/call_1", 200, Map.of(), "{\"recording_url\":\"" + LINK + "\"}");
        fetch("retell", "key-of-retell", "call_1", null).then().statusCode(302).header("Location", is(LINK));
        assertEquals("Bearer key-of-retell", provider.asked().get(0).authorization());
        provider.answer("/v2/get-call/call_2", 200, Map.of(), "{\"recording_url\":null}");
        fetch("retell", "key-of-retell", "call_2", null).then().statusCode(404);
        provider.answer("/v2/get-call/call_3", 200, Map.of(), "no JSON");
        fetch("retell", "key-of-retell", "call_3", null).then().statusCode(502);
        provider.answer("/v2/get-call/call_4", 200, Map.of(), "[\"" + "x".repeat(1024 * 1024) + "\"]");
        fetch("retell", "key-of-retell", "call_4", null).then().statusCode(502);
    }

    @Test
    void telnyx_names_a_fresh_link() {
        var list = "{\"data\":[{\"download_urls\":{}},{\"download_urls\":{\"wav\":\"" + LINK + "\"}}]}";
        var path = "/v2/recordings?page%5Bsize%5D=5&filter%5B";
        provider.answer(path + "call_leg_id%5D=leg-1", 200, Map.of(), list);
        provider.answer(path + "call_control_id%5D=v3%3Aabc", 200, Map.of(), list);
        fetch("telnyx", "KEY-of-telnyx", "leg-1", null).then().statusCode(302).header("Location", is(LINK));
        fetch("telnyx", "KEY-of-telnyx", "v3:abc", null).then().statusCode(302).header("Location", is(LINK));
        assertEquals("Bearer KEY-of-telnyx", provider.asked().get(0).authorization());
    }

    @Test
    void elevenlabs_sends_the_recording_itself() {
        provider.file("/v1/convai/conversations/conv_1/audio", "audio/mpeg", sound);
        assertArrayEquals(
                sound, fetch("elevenlabs", "key-of-eleven", "conv_1", null).asByteArray());
        assertTrue(provider.asked().get(0).headers().contains("key-of-eleven"));
    }

    @Test
    void plivo_wants_the_account_s_id_and_token() {
        var media = "/v1/Account/MAXXX/Recording/r1.mp3";
        provider.file(media, "audio/mpeg", sound);
        provider.answer(
                "/v1/Account/MAXXXXXX/Recording/?limit=1&call_uuid=u-1",
                200,
                Map.of(),
                "{\"objects\":[{\"recording_url\":\"https://media.plivo.com" + media + "\"}]}");
        var key = "MAXXXXXX:token-of-plivo";
        assertArrayEquals(sound, fetch("plivo", key, "u-1", null).asByteArray());
        assertArrayEquals(
                sound,
                fetch("plivo", key, "u-2", "https://media.plivo.com" + media).asByteArray());
        var basic = "Basic " + Base64.getEncoder().encodeToString(key.getBytes(UTF_8));
        assertTrue(provider.asked().stream()
                .allMatch(asked -> asked.authorization().equals(basic)));
    }

    @Test
    void vonage_wants_a_token_that_the_application_signs() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        var keys = generator.generateKeyPair();
        var application = UUID.randomUUID();
        var key = application + ":"
                + Base64.getEncoder().encodeToString(keys.getPrivate().getEncoded());
        var file = "/v1/files/" + UUID.randomUUID();
        provider.file(file, "audio/mpeg", sound);
        assertArrayEquals(
                sound,
                fetch("vonage", key, "v-1", "https://api.nexmo.com" + file).asByteArray());
        var parts = provider.asked()
                .get(0)
                .authorization()
                .substring("Bearer ".length())
                .split("\\.");
        var claims = new JsonObject(new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8));
        assertEquals(application.toString(), claims.getString("application_id"));
        var check = Signature.getInstance("SHA256withRSA");
        check.initVerify(keys.getPublic());
        check.update((parts[0] + "." + parts[1]).getBytes(UTF_8));
        assertTrue(check.verify(Base64.getUrlDecoder().decode(parts[2])));
        fetch("vonage", key, "v-2", "https://evil.example.com" + file).then().statusCode(404);
        fetch("vonage", key, "v-3", null).then().statusCode(404);
    }

    @Test
    void twilio_lists_the_recordings_of_a_call_of_which_no_event_told_one() {
        var account = "AC0123456789abcdef0123456789abcdef";
        var callSid = "CAfedcba9876543210fedcba9876543210";
        var sid = "RE0123456789abcdef0123456789abcdef";
        var path = "/2010-04-01/Accounts/" + account;
        var listed = "{\"recordings\":[{\"sid\":\"RE1\"},{\"sid\":\"" + sid + "\",\"status\":\"completed\"}]}";
        provider.answer(path + "/Calls/" + callSid + "/Recordings.json", 200, Map.of(), listed);
        provider.file(path + "/Recordings/" + sid + ".mp3", "audio/mpeg", sound);
        var key = account + ":token-of-twilio";
        assertArrayEquals(sound, fetch("twilio", key, callSid, null).asByteArray());
        fetch("twilio", key, "CA00000000000000000000000000000000", "https://evil.example.com/" + sid)
                .then()
                .statusCode(404);
        assertTrue(provider.asked().stream().noneMatch(asked -> asked.host().contains("evil")));
    }

    private Response fetch(String name, String apiKey, String providerCallId, String recordingUrl) {
        KeptKeys.keep(name, UUID.randomUUID(), apiKey);
        return Recordings.fetch(acme, Recordings.insert(acme, UuidV7.next(), name, providerCallId, recordingUrl));
    }
}
