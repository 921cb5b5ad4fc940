package io.switchboard.voice.recording;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.switchboard.kit.id.UuidV7;
import io.switchboard.kit.test.Caller;
import io.switchboard.voice.KeptKeys;
import io.switchboard.voice.ProviderServer;
import io.switchboard.voice.VoiceProfile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Recordings that take their time. */
@QuarkusTest
@TestProfile(VoiceProfile.class)
class LongRecordingTest {
    static final byte[] HOURS = new byte[64 * 1024 * 1024];
    static final String AUDIO = "/v1/convai/conversations/conv_1/audio";

    final Caller acme = Caller.adminOfNewOrg();
    final List<InputStream> opened = new ArrayList<>();

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    ProviderServer provider;

    @BeforeEach
    void start() {
        provider = ProviderServer.start().file(AUDIO, "audio/mpeg", HOURS);
        KeptKeys.keep("elevenlabs", UUID.randomUUID(), "key-of-eleven");
    }

    @AfterEach
    void stop() throws IOException {
        for (var stream : opened) {
            stream.close();
        }
        provider.close();
    }

    @Test
    void it_waits_for_its_reader() throws IOException, InterruptedException {
        var in = open(acme, call(acme)).body();
        assertEquals(1000, in.readNBytes(1000).length);
        var before = new long[] {-1};
        await().until(() -> {
            var written = provider.written();
            var isStill = written == before[0];
            before[0] = written;
            return isStill;
        });
        assertTrue(provider.written() < HOURS.length / 2, "it has sent " + provider.written());
        assertEquals(HOURS.length - 1000, in.transferTo(OutputStream.nullOutputStream()));
    }

    @Test
    void one_that_breaks_off_is_seen_not_to_be_whole() throws IOException, InterruptedException {
        provider.brokenFile(AUDIO, "audio/mpeg", new byte[1024 * 1024]);
        var answer = open(acme, call(acme));
        assertEquals(200, answer.statusCode());
        assertThrows(IOException.class, () -> answer.body().readAllBytes());
    }

    @Test
    void an_organization_has_eight_at_a_time() throws IOException, InterruptedException {
        var call = call(acme);
        for (int place = 0; place < RecordingPlaces.EACH; place++) {
            assertEquals(200, open(acme, call).statusCode());
        }
        Recordings.fetch(acme, call)
                .then()
                .statusCode(429)
                .header("Retry-After", is("1"))
                .body("type", endsWith("too_many_recordings"));
        var globex = Caller.adminOfNewOrg();
        assertEquals(200, open(globex, call(globex)).statusCode());
        opened.get(0).close();
        await().until(() -> open(acme, call).statusCode() == 200);
    }

    private static UUID call(Caller caller) {
        return Recordings.insert(caller, UuidV7.next(), "elevenlabs", "conv_1", null);
    }

    private HttpResponse<InputStream> open(Caller caller, UUID call) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/api/calls/" + call + "/recording"))
                .header("Authorization", "Bearer " + caller.token())
                .build();
        var answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
        opened.add(answer.body());
        return answer;
    }
}
