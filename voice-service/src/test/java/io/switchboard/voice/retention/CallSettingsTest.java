package io.switchboard.voice.retention;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.switchboard.kit.test.AuditTrail;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.Sql;
import io.switchboard.voice.Front;
import io.switchboard.voice.SampleCall;
import io.switchboard.voice.VoiceProfile;
import io.switchboard.voice.call.Settled;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(VoiceProfile.class)
class CallSettingsTest {
    private static final String PATH = "/api/calls/settings";

    final Caller acme = Caller.adminOfNewOrg();

    @Test
    void bodies_are_kept_for_30_days_where_nothing_is_set() {
        acme.get(PATH)
                .then()
                .statusCode(200)
                .header("ETag", is("\"0\""))
                .body("recordings", nullValue())
                .body("transcripts", nullValue())
                .body("rawBodies", is(30))
                .body("size()", is(3));
    }

    @Test
    void settings_are_replaced_as_a_whole() {
        acme.put(PATH, Map.of("recordings", 1, "transcripts", 3650, "rawBodies", 7))
                .then()
                .statusCode(200)
                .header("ETag", is("\"1\""))
                .body("transcripts", is(3650));
        acme.put(PATH, Map.of("recordings", 90)).then().statusCode(200).header("ETag", is("\"2\""));
        acme.put(PATH, Map.of("recordings", 90)).then().statusCode(200).header("ETag", is("\"2\""));
        acme.get(PATH)
                .then()
                .body("recordings", is(90))
                .body("transcripts", nullValue())
                .body("rawBodies", nullValue());
        assertEquals(1, AuditTrail.await(1, acme.orgId(), "create").size());
    }

    @Test
    void another_version_is_refused() {
        acme.put(PATH, Map.of("recordings", 90)).then().statusCode(200);
        for (var tag : List.of("\"0\"", "\"2\"", "W/\"1\"")) {
            acme.request()
                    .header("If-Match", tag)
                    .body(Map.of("recordings", 91))
                    .put(PATH)
                    .then()
                    .statusCode(412);
        }
        acme.request()
                .header("If-Match", "\"1\"")
                .body(Map.of("recordings", 91))
                .put(PATH)
                .then()
                .statusCode(200);
    }

    @Test
    void days_are_bounded() {
        for (var field : List.of("recordings", "transcripts", "rawBodies")) {
            for (var days : List.of(0, -1, 3651, Integer.MAX_VALUE)) {
                acme.put(PATH, Map.of(field, days)).then().statusCode(422).body("errors[0].field", is(field));
            }
            for (var days : List.of("seven", 1.5, 1e30, List.of(1))) {
                acme.put(PATH, Map.of(field, days)).then().statusCode(400);
            }
        }
        acme.put(PATH, Map.of("videos", 1)).then().statusCode(400);
        acme.put(PATH, new HashMap<>(Collections.singletonMap("rawBodies", null)))
                .then()
                .statusCode(200);
    }

    @Test
    void they_are_an_admin_s_of_the_organization_alone() {
        acme.put(PATH, Map.of("recordings", 90)).then().statusCode(200);
        for (var role : List.of("agent", "user", "enterprise", "customer", "client")) {
            acme.colleague(role).get(PATH).then().statusCode(403);
            acme.colleague(role).put(PATH, Map.of()).then().statusCode(403);
        }
        Caller.adminOfNewOrg().get(PATH).then().statusCode(200).body("recordings", nullValue());
    }

    @Test
    void what_is_too_old_goes_soon_and_a_repeat_is_still_recognised() {
        var front = Front.of(acme, "vapi");
        var call = SampleCall.create();
        front.vapi(call.vapi("end-of-call-report")).then().statusCode(200);
        Settled.all(acme);
        var id = acme.get("/api/calls").<String>path("items[0].id");
        age(); // both as if 40 days had passed since
        var old = acme.get("/api/calls").<String>path("items[0].id");
        acme.put(PATH, Map.of("recordings", 30, "transcripts", 30, "rawBodies", 30))
                .then()
                .statusCode(200);
        await().untilAsserted(() -> acme.get("/api/calls/" + old)
                .then()
                .body("recordingUrl", nullValue())
                .body("transcript", nullValue())
                .body("summary", is("Caller booked a cleaning for Thursday 09:30.")));
        assertEquals("0", bodies());
        front.vapi(call.vapi("end-of-call-report")).then().statusCode(200);
        assertEquals(1, acme.get("/api/webhook-events").<List<?>>path("items").size());
        var audited = AuditTrail.await(1, acme.orgId(), "expire").get(0);
        assertEquals("call_logs", audited.getString("resourceType"));
        assertEquals(1, audited.getJsonObject("newData").getInteger("transcripts"));
        acme.get("/api/calls/" + id).then().statusCode(404);
    }

    private void age() {
        var older = "uuid_v7_floor(date_trunc('day', now()) - interval '40 days')";
        Sql.superuser()
                .withoutTriggers()
                .run(
                        "update call_transcripts set call_id = " + older + mine(),
                        "update call_logs set id = " + older + mine(),
                        "update processed_webhook_events set id = " + older + mine());
    }

    private String bodies() {
        return Sql.superuser().value("select sum(octet_length(body))::text from processed_webhook_events" + mine());
    }

    private String mine() {
        return " where org_id = '" + acme.orgId() + "'";
    }
}
