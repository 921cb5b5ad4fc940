package io.switchboard.voice.call;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.Sql;
import io.switchboard.voice.Crm;
import io.switchboard.voice.Front;
import io.switchboard.voice.SampleCall;
import io.switchboard.voice.VoiceProfile;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a carrier calls a missed call waits for the word of the voice platform that the number belongs to. */
@QuarkusTest
@TestProfile(VoiceProfile.class)
class MissedCallOfPlatformTest {
    private static final String NUMBER = "+15555550100"; // that SampleCall's callers dial

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
    void without_the_platform_s_word_staff_is_told_later() {
        ownNumber("vapi");
        carrierMisses();
        awaitWaiting();
        assertEquals(0, notifications());
        comeDue();
        await().until(() -> notifications() == 1);
        Settled.all(acme);
    }

    @Test
    void a_call_that_the_platform_answered_is_not_told_of() {
        ownNumber("vapi");
        carrierMisses();
        awaitWaiting();
        vapi.vapi(call.vapi("end-of-call-report")).then().statusCode(200);
        Settled.all(acme);
        acme.get("/api/calls").then().body("items[0].provider", is("vapi")).body("items[0].answered", is(true));
        comeDue();
        Settled.all(acme);
        assertEquals(0, notifications());
    }

    @Test
    void a_call_that_the_carrier_says_was_answered_after_all_is_not_told_of() {
        ownNumber("vapi");
        carrierMisses();
        awaitWaiting();
        twilio.twilio(call.carrier("in-progress", 0)).then().statusCode(200);
        await().untilAsserted(() -> acme.get("/api/calls").then().body("items[0].answered", is(true)));
        comeDue();
        Settled.all(acme);
        assertEquals(0, notifications());
    }

    @Test
    void a_call_that_both_missed_is_told_of_once_the_platform_tells() {
        ownNumber("vapi");
        carrierMisses();
        awaitWaiting();
        platformMisses();
        Settled.all(acme);
        assertEquals(1, notifications());
        comeDue();
        Settled.all(acme);
        assertEquals(1, notifications());
    }

    @Test
    void what_the_platform_calls_missed_is_told_at_once_and_not_again_for_the_carrier() {
        ownNumber("vapi");
        platformMisses();
        Settled.all(acme);
        assertEquals(1, notifications());
        carrierMisses();
        Settled.all(acme);
        assertEquals(1, notifications());
    }

    @Test
    void on_a_number_of_the_carrier_s_staff_is_told_at_once() {
        ownNumber("twilio");
        carrierMisses();
        await().until(() -> notifications() == 1);
    }

    @Test
    void on_a_number_that_is_not_known_staff_is_told_at_once() {
        carrierMisses();
        await().until(() -> notifications() == 1);
    }

    private void ownNumber(String provider) {
        acme.post("/api/phone-numbers", Map.of("number", NUMBER, "provider", provider))
                .then()
                .statusCode(201);
    }

    private void carrierMisses() {
        twilio.twilio(call.carrier("no-answer", 1)).then().statusCode(200);
    }

    private void platformMisses() {
        vapi.vapi(call.vapi("status-update-ended")
                        .replace(
                                "\"endedReason\": \"customer-ended-call\"",
                                "\"endedReason\": \"customer-did-not-answer\""))
                .then()
                .statusCode(200);
    }

    /** Its event is applied, and its effects wait. */
    private void awaitWaiting() {
        await().until(() -> Sql.superuser()
                        .number("select count(*) from processed_webhook_events where status = 'pending'"
                                + " and applied_at is not null and effects is not null"
                                + " and next_attempt_at > now() + interval '10 seconds' and org_id = '" + acme.orgId()
                                + "'")
                == 1);
    }

    private void comeDue() {
        Sql.superuser()
                .run(
                        "update processed_webhook_events set next_attempt_at = now() where status = 'pending' and org_id = '"
                                + acme.orgId() + "'");
    }

    private int notifications() {
        return Crm.notifications(call.caller()).size();
    }
}
