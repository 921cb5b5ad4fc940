package io.switchboard.voice.callstream;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.EventListener;
import io.switchboard.voice.Front;
import io.switchboard.voice.SampleCall;
import io.switchboard.voice.VoiceProfile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who keeps a list of calls by the stream alone has the list that the API has. */
@QuarkusTest
@TestProfile(VoiceProfile.class)
class LegStreamTest {
    private final Caller acme = Caller.adminOfNewOrg();
    private final SampleCall call = SampleCall.create();

    @Test
    void who_watches_a_carriers_call_learns_that_a_platform_has_it() {
        var carrier = Front.of(acme, "twilio");
        var platform = Front.of(acme, "vapi");
        try (var stream = EventListener.open("/api/calls/stream", acme.token())) {
            await().until(() -> stream.status() == 200);
            carrier.twilio(call.carrier("ringing", 0)).then().statusCode(200);
            await().until(() -> watched(stream).size() == 1);
            platform.vapi(call.vapi("end-of-call-report")).then().statusCode(200);
            await().until(() -> watched(stream).containsValue("vapi"));
            await().untilAsserted(() -> assertEquals(listed(), watched(stream)));
            carrier.twilio(call.carrier("completed", 3)).then().statusCode(200);
            await().untilAsserted(() -> assertEquals(listed(), watched(stream)));
        }
    }

    /** The provider by the id of each call that is no leg. */
    private static Map<String, String> watched(EventListener stream) {
        var calls = new HashMap<String, String>();
        var legs = new HashMap<String, String>();
        for (var event : stream.events()) {
            var row = event.data();
            (row.containsKey("headId") ? legs : calls).put(row.getString("id"), row.getString("provider"));
        }
        calls.keySet().removeAll(legs.keySet());
        return calls;
    }

    private Map<String, String> listed() {
        var items = acme.get("/api/calls").<List<Map<String, String>>>path("items");
        var calls = new HashMap<String, String>();
        items.forEach(item -> calls.put(item.get("id"), item.get("provider")));
        return calls;
    }
}
