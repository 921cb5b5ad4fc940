package io.switchboard.voice.recording;

import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.switchboard.kit.id.UuidV7;
import io.switchboard.kit.test.AuditTrail;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PeerRequests;
import io.switchboard.kit.test.Sql;
import io.switchboard.voice.KeptKeys;
import io.switchboard.voice.ProviderServer;
import io.switchboard.voice.VoiceProfile;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An organization has several admins; the first one's key need not be the one that opens a recording. */
@QuarkusTest
@TestProfile(VoiceProfile.class)
class KeysInTurnTest {
    static final String LINK = "https://storage.example.com/recording.mp3";

    final Caller acme = Caller.adminOfNewOrg();
    final List<UUID> admins = Stream.generate(UuidV7::next).limit(7).toList();
    final String vapiId = UUID.randomUUID().toString();
    ProviderServer provider;

    @BeforeEach
    void keepKeys() {
        provider =
                ProviderServer.start().answer("/call/" + vapiId + "/mono-recording", 302, Map.of("Location", LINK), "");
        KeptKeys.keep("vapi", admins.get(0), "key-0");
        for (int next = 1; next < admins.size(); next++) {
            KeptKeys.keepAfter(admins.get(next - 1), "vapi", admins.get(next), "key-" + next);
        }
    }

    @AfterEach
    void stop() {
        provider.close();
    }

    @Test
    void the_next_admin_s_key_opens_what_the_first_one_s_does_not() {
        provider.refuse("Bearer key-0", 401).refuse("Bearer key-1", 404).refuse("Bearer key-2", 403);
        fetch().then().statusCode(302).header("Location", is(LINK));
        assertEquals(List.of("Bearer key-0", "Bearer key-1", "Bearer key-2", "Bearer key-3"), tried());
        AuditTrail.await(1, acme.orgId(), "fetch_recording");
    }

    @Test
    void five_keys_are_tried_at_most() {
        for (int key = 0; key < admins.size(); key++) {
            provider.refuse("Bearer key-" + key, 401);
        }
        fetch().then().statusCode(409).body("type", endsWith("provider_key_refused"));
        assertEquals(5, tried().size());
    }

    @Test
    void a_key_that_finds_nothing_says_more_than_those_that_are_refused() {
        PeerRequests.answer(KeptKeys.path("vapi"), 404, "{}", "after=" + admins.get(2));
        provider.refuse("Bearer key-0", 401).refuse("Bearer key-1", 404).refuse("Bearer key-2", 401);
        fetch().then().statusCode(404).body("type", endsWith("recording_not_found"));
        assertEquals(3, tried().size());
    }

    @Test
    void a_provider_that_is_away_is_not_asked_with_every_key() {
        provider.refuse("Bearer key-0", 503);
        fetch().then().statusCode(503);
        assertEquals(1, tried().size());
    }

    @Test
    void a_leg_is_fetched_where_its_head_s_key_is_refused() {
        var account = "AC0123456789abcdef0123456789abcdef";
        var media = "/2010-04-01/Accounts/" + account + "/Recordings/RE0123456789abcdef0123456789abcdef";
        var sound = new byte[1_000];
        provider.file(media + ".mp3", "audio/mpeg", sound).refuse("Bearer key-of-last-year", 401);
        KeptKeys.keep("vapi", UuidV7.next(), "key-of-last-year");
        KeptKeys.keep("twilio", UuidV7.next(), account + ":token-of-twilio");
        var head = Recordings.insert(acme, UuidV7.next(), "vapi", vapiId, null);
        var leg = Recordings.insert(acme, UuidV7.next(), "twilio", "CA1", "https://api.twilio.com" + media);
        Sql.superuser().run("update call_logs set head_id = '" + head + "' where id = '" + leg + "'");
        assertArrayEquals(sound, Recordings.fetch(acme, head).asByteArray());
        KeptKeys.keepNone("twilio");
        Recordings.fetch(acme, head).then().statusCode(409).body("type", endsWith("provider_key_refused"));
    }

    private Response fetch() {
        return Recordings.fetch(acme, Recordings.insert(acme, UuidV7.next(), "vapi", vapiId, null));
    }

    private List<String> tried() {
        return provider.asked().stream()
                .map(ProviderServer.Asked::authorization)
                .toList();
    }
}
