package io.switchboard.voice.provider.twilio;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.switchboard.kit.test.Caller;
import io.switchboard.voice.Front;
import io.switchboard.voice.SampleCall;
import io.switchboard.voice.VoiceProfile;
import io.switchboard.voice.call.Settled;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From Twilio's callbacks to the calls: those that come as GETs, and those that a key of the account's own signs. */
@QuarkusTest
@TestProfile(VoiceProfile.class)
class TwilioFlowTest {
    private static final String OWN_KEY = "key=WK6e305a4e126bc918901575a9d69a5dec,algorithm=HMAC_SHA256";

    private final Caller acme = Caller.adminOfNewOrg();
    private final SampleCall call = SampleCall.create();
    private Front front;

    @BeforeEach
    void createEndpoint() {
        front = Front.of(acme, "twilio", "a-shared-key-of-the-account");
    }

    @Test
    void a_call_is_told_by_gets() {
        var incoming = call.twilio("ringing", 0);
        incoming.keySet().removeAll(Set.of("CallbackSource", "SequenceNumber"));
        front.twilioGet(query(incoming))
                .then()
                .statusCode(200)
                .contentType("text/xml")
                .body("Response.Record.@maxLength", is("120"));
        get("completed", 3);
        get("in-progress", 2);
        get("completed", 3);
        Settled.all(acme);
        acme.get("/api/webhook-events").then().body("items", hasSize(3));
        shown();
    }

    @Test
    void a_callback_is_the_same_event_as_get_and_as_post() {
        get("completed", 3);
        front.twilio(call.twilio("completed", 3)).then().statusCode(200);
        Settled.all(acme);
        acme.get("/api/webhook-events").then().body("items.eventId", contains(call.id() + ":3:completed"));
        shown();
    }

    @Test
    void a_get_is_signed_with_its_query() {
        var signed = query(call.twilio("completed", 3));
        front.twilioGet(query(call.twilio("busy", 3)), signed).then().statusCode(401);
        front.twilioGet(signed + "&CallDuration=71", signed).then().statusCode(401);
        front.with("another").twilioGet(signed).then().statusCode(401);
        acme.get("/api/webhook-events").then().body("items", hasSize(0));
    }

    @Test
    void a_key_of_the_account_s_own_signs_by_sha_256() {
        front.twilioGetByKey(OWN_KEY, query(call.twilio("in-progress", 2)))
                .then()
                .statusCode(200);
        front.twilioByKey(OWN_KEY, call.twilio("completed", 3)).then().statusCode(200);
        Settled.all(acme);
        acme.get("/api/webhook-events").then().body("items", hasSize(2));
        shown();
    }

    /** All are signed by SHA-256. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "key=WK1",
                "algorithm=",
                "key=WK1,algorithm=HMAC_SHA1",
                "key=WK1,algorithm=HMAC_SHA512",
                "key=WK1,algorithm=none",
                "key=WK1,algorithm=HMAC_SHA1,algorithm=HMAC_SHA256"
            })
    void no_other_algorithm_than_the_one_named_is_tried(String settings) {
        front.twilioByKey(settings, call.twilio("completed", 3)).then().statusCode(401);
        front.twilioGetByKey(settings, query(call.twilio("completed", 3)))
                .then()
                .statusCode(401);
        acme.get("/api/webhook-events").then().body("items", hasSize(0));
    }

    @Test
    void another_key_and_other_fields_are_refused() {
        front.with("another")
                .twilioByKey(OWN_KEY, call.twilio("completed", 3))
                .then()
                .statusCode(401);
        var elsewhere = new Front(front.id(), front.provider(), front.url() + "/", front.secret());
        elsewhere.twilioByKey(OWN_KEY, call.twilio("completed", 3)).then().statusCode(401);
        acme.get("/api/webhook-events").then().body("items", hasSize(0));
    }

    private void get(String status, int sequence) {
        front.twilioGet(query(call.twilio(status, sequence)))
                .then()
                .statusCode(200)
                .body(is(""));
    }

    private ValidatableResponse shown() {
        acme.get("/api/calls").then().body("items.providerCallId", contains(call.id()));
        return acme.get("/api/calls/" + acme.get("/api/calls").<String>path("items[0].id"))
                .then()
                .body("provider", is("twilio"))
                .body("status", is("ended"))
                .body("direction", is("inbound"))
                .body("fromNumber", is(call.caller()))
                .body("toNumber", is("+15555550100"))
                .body("endedAt", is("2026-06-01T13:20:33Z"))
                .body("endedReason", is("completed"))
                .body("contactId", notNullValue());
    }

    private static String query(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", "?", ""));
    }
}
