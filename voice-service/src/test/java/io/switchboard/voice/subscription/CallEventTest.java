package io.switchboard.voice.subscription;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.switchboard.kit.test.Caller;
import io.switchboard.voice.Front;
import io.switchboard.voice.SampleCall;
import io.switchboard.voice.VoiceProfile;
import io.switchboard.voice.call.Settled;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From a provider's delivery to the events of the call that subscriptions are sent. */
@QuarkusTest
@TestProfile(VoiceProfile.class)
class CallEventTest {
    private static final String[] ALL = {"call.started", "call.ended", "call.analyzed", "call.recording_ready"};

    private final Caller acme = Caller.adminOfNewOrg();
    private final SampleCall call = SampleCall.create();
    private Front front;

    @BeforeEach
    void createEndpoint() {
        front = Front.of(acme, "vapi");
    }

    @Test
    void a_call_is_told_of_step_by_step() {
        var one = Subscribed.to(acme, ALL);
        tell("status-update-queued");
        assertEquals(List.of(), one.types());
        tell("status-update-ringing");
        assertEquals(List.of("call.started"), one.types());
        tell("status-update-in-progress");
        assertEquals(List.of("call.started"), one.types());
        tell("status-update-ended");
        assertEquals(List.of("call.ended", "call.started"), one.types());
        tell("end-of-call-report");
        assertEquals(Stream.of(ALL).sorted().toList(), one.types());
        assertEquals("2026-06-01T13:00:00Z", one.body("call.started").getString("timestamp"));
    }

    @Test
    void a_call_known_only_by_its_report_has_every_event() {
        var one = Subscribed.to(acme, ALL);
        var other = Subscribed.to(acme, "call.ended", "contact.created");
        tell("end-of-call-report");
        assertEquals(Stream.of(ALL).sorted().toList(), one.types());
        assertEquals(List.of("call.ended"), other.types());
        var ids = one.deliveries().<List<String>>path("items.eventId");
        assertEquals(4, ids.stream().distinct().count());
        assertEquals(8, UUID.fromString(ids.get(0)).version());
    }

    @Test
    void the_data_is_the_call_as_lists_show_it() {
        var one = Subscribed.to(acme, ALL);
        tell("end-of-call-report");
        var told = one.body("call.analyzed").getJsonObject("data");
        assertFalse(told.containsKey("transcript"));
        var listed = new JsonObject(acme.get("/api/calls").asString())
                .getJsonArray("items")
                .getJsonObject(0);
        for (var later : List.of("contactId", "updatedAt")) { // the contact is known a moment later
            told.remove(later);
            listed.remove(later);
        }
        assertEquals(listed, told);
    }

    @Test
    void what_comes_again_is_not_sent_again() {
        var one = Subscribed.to(acme, ALL);
        tell("status-update-in-progress", "end-of-call-report");
        var before = one.deliveries().<List<String>>path("items.id");
        tell("end-of-call-report", "status-update-in-progress", "status-update-ended");
        assertEquals(before, one.deliveries().path("items.id"));
        tell(SampleCall.create());
        assertNotEquals(before, one.deliveries().path("items.id"));
    }

    @Test
    void nobody_else_hears_of_it() {
        var globex = Subscribed.to(Caller.adminOfNewOrg(), ALL);
        var disabled = Subscribed.to(acme, ALL);
        disabled.patch(Map.of("status", "disabled"), 200);
        tell("end-of-call-report");
        assertEquals(List.of(), globex.types());
        assertEquals(List.of(), disabled.types());
    }

    @Test
    void an_erased_call_s_events_go() {
        var one = Subscribed.to(acme, ALL);
        tell("end-of-call-report");
        Caller.service("crm-service", acme.orgId())
                .post("/internal/contacts/" + UUID.randomUUID() + "/erase", Map.of("phones", List.of(call.caller())))
                .then()
                .statusCode(200);
        assertEquals(List.of(), one.types());
        tell("end-of-call-report", "status-update-in-progress");
        assertEquals(List.of(), one.types());
    }

    private void tell(String... samples) {
        for (var sample : samples) {
            front.vapi(call.vapi(sample)).then().statusCode(200);
        }
        Settled.all(acme);
    }

    private void tell(SampleCall other) {
        front.vapi(other.vapi("end-of-call-report")).then().statusCode(200);
        Settled.all(acme);
    }
}
