package io.switchboard.voice.contact;

import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.CanarySearch;
import io.switchboard.kit.test.Sql;
import io.switchboard.voice.Crm;
import io.switchboard.voice.Front;
import io.switchboard.voice.SampleCall;
import io.switchboard.voice.VoiceProfile;
import io.switchboard.voice.call.Settled;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was said in a call goes with it, and so do its legs. */
@QuarkusTest
@TestProfile(VoiceProfile.class)
class TalkErasureTest {
    final Caller acme = Caller.adminOfNewOrg();
    final Caller crm = Caller.service("crm-service", acme.orgId());
    final UUID ada = UUID.randomUUID();
    final SampleCall call = SampleCall.create();
    Front front;

    @BeforeEach
    void createEndpoint() {
        front = Front.of(acme, "vapi");
    }

    @Test
    void nothing_that_was_said_is_left() {
        var canary = "zanzibar" + call.id().substring(0, 8);
        var legs = SampleCall.create();
        tell(call, "status-update-in-progress");
        front.vapi(call.vapi("conversation-update").replace("a cleaning", canary))
                .then()
                .statusCode(200);
        var twilio = Front.of(acme, "twilio");
        var leg = new LinkedHashMap<>(call.twilio("in-progress", 1));
        leg.put("CallSid", legs.id());
        twilio.twilio(leg).then().statusCode(200);
        twilio.twilio(Map.of(
                        "CallSid", legs.id(),
                        "AccountSid", "AC6e305a4e126bc918901575a9d69a5dec",
                        "TranscriptionSid", "GT8c80b0718c0004415737a9cf171d846f",
                        "TranscriptionEvent", "transcription-content",
                        "Timestamp", "2026-06-01T13:00:07.120000Z",
                        "SequenceId", "2",
                        "Track", "inbound_track",
                        "TranscriptionData", "{\"transcript\":\"" + canary + "\"}",
                        "Final", "true"))
                .then()
                .statusCode(200);
        Settled.all(acme);
        assertEquals(1, count("call_talks t where t::text like '%" + canary + "%' and "));
        assertEquals(1, count("call_fragments t where t::text like '%" + canary + "%' and "));
        assertEquals(2, count("call_logs where "));
        erase(call.caller()).then().statusCode(200).body("calls", is(2));
        front.vapi(call.vapi("status-update-ended")).then().statusCode(200);
        leg.putAll(call.twilio("completed", 2));
        leg.put("CallSid", legs.id());
        twilio.twilio(leg).then().statusCode(200);
        Settled.all(acme);
        assertEquals(0, count("event_erasures where "));
        assertEquals(List.of(), CanarySearch.find(canary));
    }

    @Test
    void the_legs_of_a_call_go_with_it() {
        tell(call, "end-of-call-report");
        var head = callId();
        for (var number : List.of("first", "second")) {
            Sql.superuser()
                    .run(
                            "insert into call_logs (org_id, provider, provider_call_id, started_at, head_id, from_number) values ('"
                                    + acme.orgId() + "', 'twilio', '" + number + "', now(), '" + head
                                    + "', 'withheld-canary')");
        }
        erase(call.caller()).then().statusCode(200).body("calls", is(3));
        assertEquals(0, count("call_logs t where t::text like '%withheld-canary%' and "));
        var other = SampleCall.create();
        var leg = UUID.randomUUID();
        Sql.superuser()
                .run("insert into call_logs (org_id, id, provider, provider_call_id, started_at) values ('"
                        + acme.orgId() + "', '" + leg + "', 'vapi', 'other', now())");
        Sql.superuser()
                .run(
                        "insert into call_logs (org_id, provider, provider_call_id, started_at, head_id, from_e164) values ('"
                                + acme.orgId() + "', 'twilio', 'third', now(), '" + leg + "', '" + other.caller()
                                + "')");
        erase(other.caller()).then().statusCode(200).body("calls", is(2));
    }

    private void tell(SampleCall told, String... samples) {
        Crm.answerContact(told.caller(), ada);
        for (var sample : samples) {
            front.vapi(told.vapi(sample)).then().statusCode(200);
        }
        Settled.all(acme);
    }

    private Response erase(String... phones) {
        return crm.post("/internal/contacts/" + ada + "/erase", Map.of("phones", List.of(phones)));
    }

    private String callId() {
        return acme.get("/api/calls").path("items[0].id");
    }

    private int count(String rows) {
        var found = Sql.superuser().column("select count(*) from " + rows + "org_id = '" + acme.orgId() + "'");
        return Integer.parseInt(found.get(0));
    }
}
