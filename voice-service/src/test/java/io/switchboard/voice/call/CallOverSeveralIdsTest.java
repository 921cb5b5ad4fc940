package io.switchboard.voice.call;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.switchboard.kit.test.Caller;
import io.switchboard.voice.Crm;
import io.switchboard.voice.Front;
import io.switchboard.voice.SampleCall;
import io.switchboard.voice.VoiceProfile;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A voice platform and the carrier beneath it tell of the same call, each by its own id. */
@QuarkusTest
@TestProfile(VoiceProfile.class)
class CallOverSeveralIdsTest {
    private final Caller acme = Caller.adminOfNewOrg();
    private final SampleCall call = SampleCall.create();
    private Front vapi;
    private Front twilio;

    @BeforeEach
    void open() {
        vapi = Front.of(acme, "vapi");
        twilio = Front.of(acme, "twilio");
    }

    @Test
    void the_platform_s_row_is_the_call_and_the_carrier_s_its_leg() {
        carrier("ringing", 0);
        settled();
        acme.get("/api/calls").then().body("items.provider", contains("twilio"));
        platform("end-of-call-report");
        carrier("completed", 3);
        settled();
        acme.get("/api/calls")
                .then()
                .body("items.provider", contains("vapi"))
                .body("items[0].headId", nullValue())
                .body("items[0].legs", nullValue());
        var head = acme.get("/api/calls").<String>path("items[0].id");
        acme.get("/api/calls/" + head)
                .then()
                .body("providerCallId", is(call.id()))
                .body("durationSeconds", is(23))
                .body("contactId", notNullValue())
                .body("legs", hasSize(1))
                .body("legs[0].provider", is("twilio"))
                .body("legs[0].providerCallId", is(call.carrierId()))
                .body("legs[0].direction", is("inbound"))
                .body("legs[0].fromNumber", is(call.caller()))
                .body("legs[0].startedAt", is("2026-06-01T13:20:30Z"));
        var leg = acme.get("/api/calls/" + head).<String>path("legs[0].id");
        acme.get("/api/calls/" + leg)
                .then()
                .body("headId", is(head))
                .body("legs", nullValue())
                .body("contactId", nullValue());
        acme.get("/api/calls/" + head + "/events").then().body("items", hasSize(3));
        Caller.adminOfNewOrg().get("/api/calls/" + leg).then().statusCode(404);
    }

    @Test
    void the_head_takes_from_its_leg_what_its_own_events_do_not_tell() {
        platform("status-update-ringing");
        carrier("no-answer", 1);
        settled();
        acme.get("/api/calls")
                .then()
                .body("items.provider", contains("vapi"))
                .body("items.status", contains("ringing"))
                .body("items.answered", contains(false))
                .body("items.endedAt", contains("2026-06-01T13:20:31Z"))
                .body("items.endedReason", contains("no-answer"));
        platform("end-of-call-report");
        settled();
        acme.get("/api/calls")
                .then()
                .body("items.answered", contains(true))
                .body("items.endedAt", contains("2026-06-01T13:00:24Z"))
                .body("items.endedReason", contains("customer-ended-call"));
    }

    @Test
    void a_missed_call_is_told_once_for_both() {
        var orders = List.of(List.of(0, 1), List.of(1, 0));
        for (var order : orders) {
            var missed = SampleCall.create();
            List<Runnable> events = List.of(
                    () -> twilio.twilio(missed.carrier("no-answer", 1)).then().statusCode(200),
                    () -> vapi.vapi(unanswered(missed)).then().statusCode(200));
            for (int next : order) {
                events.get(next).run();
                settled();
            }
            var ids = acme.get("/api/calls")
                    .<List<String>>path("items.findAll { it.fromNumber == '" + missed.caller() + "' }.id");
            assertEquals(1, ids.size());
            var legs = acme.get("/api/calls/" + ids.get(0)).<List<String>>path("legs.id");
            assertEquals(1, legs.size());
            assertEquals(
                    1,
                    Crm.notifications(ids.get(0)).size()
                            + Crm.notifications(legs.get(0)).size());
        }
    }

    @Test
    void what_was_not_sent_of_a_row_is_taken_back_when_it_becomes_a_leg() {
        Crm.answer(call.caller(), 503);
        carrier("no-answer", 1);
        await().untilAsserted(() -> acme.get("/api/calls").then().body("items.status", contains("ended")));
        var leg = acme.get("/api/calls").<String>path("items[0].id");
        await().untilAsserted(() -> {
            vapi.vapi(call.vapi("end-of-call-report")).then().statusCode(200);
            acme.get("/api/calls").then().body("items.provider", contains("vapi"));
        });
        Crm.answer(call.caller(), 200);
        settled();
        var head = acme.get("/api/calls").<String>path("items[0].id");
        assertTrue(Crm.notifications(head).isEmpty());
        assertTrue(Crm.contacts(call.caller()).stream()
                .anyMatch(told -> told.getString("idempotencyKey").startsWith(head)));
        acme.get("/api/calls").then().body("items.contactId", contains(notNullValue()));
        acme.get("/api/calls/" + leg).then().body("headId", is(head)).body("contactId", nullValue());
    }

    @Test
    void an_id_that_many_calls_share_does_not_chain_them() {
        for (int n = 0; n < 70; n++) {
            var odd = SampleCall.create();
            vapi.vapi(odd.vapi("status-update-ringing").replace(odd.carrierId(), "CA-the-same-for-all"))
                    .then()
                    .statusCode(200);
        }
        settled();
        var heads = acme.get("/api/calls?limit=200").<List<String>>path("items.id");
        assertTrue(heads.size() >= 6, () -> "heads: " + heads.size());
        for (var head : heads) {
            assertTrue(acme.get("/api/calls/" + head).<List<?>>path("legs").size() <= 64);
        }
    }

    @Test
    void an_erased_call_stays_erased_when_a_further_row_turns_out_to_be_its_leg() {
        platform("end-of-call-report");
        settled();
        Caller.service("crm-service", acme.orgId())
                .post("/internal/contacts/" + UUID.randomUUID() + "/erase", Map.of("phones", List.of(call.caller())))
                .then()
                .statusCode(200);
        carrier("completed", 3);
        settled();
        var head = acme.get("/api/calls").<String>path("items[0].id");
        acme.get("/api/calls/" + head)
                .then()
                .body("erasedAt", notNullValue())
                .body("fromNumber", nullValue())
                .body("legs", hasSize(1))
                .body("legs[0].fromNumber", nullValue());
        var leg = acme.get("/api/calls/" + head).<String>path("legs[0].id");
        acme.get("/api/calls/" + leg).then().body("erasedAt", notNullValue());
    }

    private void platform(String sample) {
        vapi.vapi(call.vapi(sample)).then().statusCode(200);
    }

    private void carrier(String status, int sequence) {
        twilio.twilio(call.carrier(status, sequence)).then().statusCode(200);
    }

    private static String unanswered(SampleCall missed) {
        return missed.vapi("status-update-ended")
                .replace("\"endedReason\": \"customer-ended-call\"", "\"endedReason\": \"customer-did-not-answer\"");
    }

    private void settled() {
        Settled.all(acme);
    }
}
