package io.switchboard.voice.call;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasEntry;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.switchboard.kit.test.Caller;
import io.switchboard.voice.Crm;
import io.switchboard.voice.Front;
import io.switchboard.voice.SampleCall;
import io.switchboard.voice.VoiceProfile;
import io.switchboard.voice.provider.Fixtures;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From deliveries in the form of Standard Webhooks to the calls. */
@QuarkusTest
@TestProfile(VoiceProfile.class)
class StandardFlowTest {
    private final Caller acme = Caller.adminOfNewOrg();
    private final SampleCall call = SampleCall.create();
    private Front front;

    @BeforeEach
    void createEndpoint() {
        front = Front.of(acme, "standard");
    }

    @Test
    void a_call_is_told_by_its_events_in_any_order() {
        assertEquals(true, front.secret().matches("whsec_[A-Za-z0-9+/]{43}="), "32 bytes in Base64");
        for (var event : List.of("call-analyzed", "call-ended", "call-started", "other", "call-answered")) {
            front.standard("msg_" + event, sample(event)).then().statusCode(200);
        }
        Settled.all(acme);
        var id = acme.get("/api/calls").<String>path("items[0].id");
        acme.get("/api/calls/" + id)
                .then()
                .body("provider", is("standard"))
                .body("providerCallId", is(call.id()))
                .body("status", is("ended"))
                .body("answered", is(true))
                .body("direction", is("inbound"))
                .body("fromNumber", is(call.caller()))
                .body("startedAt", is("2026-06-01T13:00:00Z"))
                .body("answeredAt", is("2026-06-01T13:00:02Z"))
                .body("endedAt", is("2026-06-01T13:01:13Z"))
                .body("durationSeconds", is(71))
                .body("cost", is(0.0275f))
                .body("currency", is("GBP"))
                .body("endedReason", is("caller-hung-up"))
                .body("transcript", startsWith("AI: Acme Dental"))
                .body("summary", startsWith("Caller booked"))
                .body("success", is(true))
                .body("leadScore", is("hot"))
                .body("recordingUrl", startsWith("https://pbx.example.com/"))
                .body("metadata", hasEntry("queue", "reception"))
                .body("contactId", notNullValue());
        assertEquals(1, Crm.contacts(call.caller()).size());
        acme.get("/api/calls").then().body("items.size()", is(1));
    }

    @Test
    void the_message_id_names_the_event() {
        front.standard("msg_1", sample("call-started")).then().statusCode(200);
        front.standard("msg_1", sample("call-started")).then().statusCode(200);
        front.standard("msg_2", sample("call-started")).then().statusCode(200);
        Settled.all(acme);
        acme.get("/api/webhook-events").then().body("items.eventId", contains("msg_2", "msg_1"));
    }

    @Test
    void a_wrong_signature_is_refused() {
        var other = Front.of(acme, "standard");
        front.with(other.secret())
                .standard("msg_1", sample("call-ended"))
                .then()
                .statusCode(401);
        acme.get("/api/webhook-events").then().body("items.size()", is(0));
    }

    @Test
    void a_secret_of_the_sender_is_taken() {
        var made = acme.post(
                "/api/webhook-endpoints",
                Map.of("provider", "standard", "label", "PBX", "secret", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
        made.then().statusCode(201).body("secret", matchesPattern("whsec_Mf.*"));
        new Front(made.path("id"), "standard", made.path("url"), made.path("secret"))
                .standard("msg_1", sample("call-ended"))
                .then()
                .statusCode(200);
    }

    private String sample(String name) {
        return Fixtures.text("standard/" + name + ".json")
                .replace("pbx-7f2d1c30", call.id())
                .replace("+15555550142", call.caller());
    }
}
