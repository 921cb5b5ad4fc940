package io.switchboard.voice.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.switchboard.kit.test.Caller;
import io.switchboard.voice.Front;
import io.switchboard.voice.SampleCall;
import io.switchboard.voice.VoiceProfile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Events of platform and carrier that arrive at once. */
@QuarkusTest
@TestProfile(VoiceProfile.class)
class RacingLegsTest {
    private static final List<String> SAMPLES = List.of(
            "status-update-queued",
            "status-update-ringing",
            "status-update-in-progress",
            "status-update-ended",
            "end-of-call-report");
    private static final List<String> STATUSES = List.of("initiated", "ringing", "in-progress", "completed");

    @Test
    void rows_come_out_the_same_however_their_events_race() {
        var shapes = new TreeSet<String>();
        for (int seed = 0; seed < 30; seed += 15) {
            shapes.addAll(race(Caller.adminOfNewOrg(), seed));
        }
        assertEquals(1, shapes.size(), () -> String.join("\n", shapes));
        assertTrue(shapes.first().contains("legs.direction=[inbound, outbound]"), shapes.first());
    }

    /** How fifteen calls come out, all events of which arrive at once, and twice. */
    private static List<String> race(Caller org, int firstSeed) {
        var platform = Front.of(org, "vapi");
        var carrier = Front.of(org, "twilio");
        for (int seed = firstSeed; seed < firstSeed + 15; seed++) {
            var one = SampleCall.create();
            var events = new ArrayList<Supplier<Integer>>();
            for (var sample : SAMPLES) {
                events.add(() -> platform.vapi(one.vapi(sample)).statusCode());
            }
            for (int n = 0; n < STATUSES.size(); n++) {
                var body = one.carrier(STATUSES.get(n), n);
                events.add(() -> carrier.twilio(body).statusCode());
                var dialled = dialled(one, STATUSES.get(n), n);
                events.add(() -> carrier.twilio(dialled).statusCode());
            }
            events.addAll(List.copyOf(events));
            Collections.shuffle(events, new Random(seed));
            var sent = events.stream().map(CompletableFuture::supplyAsync).toList();
            sent.forEach(answer -> assertEquals(200, answer.join()));
        }
        Settled.all(org);
        var tries = org.get("/api/webhook-events?limit=200").<List<Integer>>path("items.attempts");
        assertTrue(
                Set.of(0, 1).containsAll(tries),
                "nothing failed on the way"); // none of one that another one took along
        var heads = org.get("/api/calls?limit=200").<List<String>>path("items.id");
        assertEquals(15, heads.size());
        return heads.stream().map(head -> shape(org.get("/api/calls/" + head))).toList();
    }

    private static String shape(Response shown) {
        return Stream.of(
                        "provider",
                        "status",
                        "answered",
                        "startedAt",
                        "answeredAt",
                        "endedAt",
                        "durationSeconds",
                        "endedReason",
                        "cost",
                        "direction",
                        "transcript",
                        "summary",
                        "legs.direction",
                        "legs.startedAt",
                        "legs.durationSeconds")
                .map(field -> field + "=" + shown.path(field))
                .toList()
                .toString();
    }

    /** Whom the carrier rang for the caller. */
    private static Map<String, String> dialled(SampleCall one, String status, int sequence) {
        var parameters = one.carrier(status, sequence);
        parameters.put("ParentCallSid", one.carrierId());
        parameters.put("CallSid", one.carrierId().replace("CA", "CB"));
        parameters.put("Direction", "outbound-dial");
        parameters.put("Timestamp", "Mon, 01 Jun 2026 13:20:4%d +0000".formatted(sequence));
        return parameters;
    }
}
