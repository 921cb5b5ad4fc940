package io.switchboard.voice.contact;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.switchboard.kit.test.AuditTrail;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.Sql;
import io.switchboard.voice.Crm;
import io.switchboard.voice.Front;
import io.switchboard.voice.SampleCall;
import io.switchboard.voice.VoiceProfile;
import io.switchboard.voice.call.Settled;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** After an erasure nothing here says who the person was, and nothing that is late brings it back. */
@QuarkusTest
@TestProfile(VoiceProfile.class)
class ContactErasureTest {
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
    void figures_and_ids_stay_and_all_else_goes() {
        tell(call, "status-update-in-progress", "end-of-call-report");
        var before = acme.get("/api/calls/" + callId());
        erase(call.caller()).then().statusCode(200).body("calls", is(1)).body("events", is(2));
        acme.get("/api/calls/" + callId())
                .then()
                .body("fromNumber", nullValue())
                .body("toNumber", nullValue())
                .body("customerName", nullValue())
                .body("transcript", nullValue())
                .body("summary", nullValue())
                .body("successEvaluation", nullValue())
                .body("recordingUrl", nullValue())
                .body("leadScore", nullValue())
                .body("metadata", is(Map.of()))
                .body("erasedAt", notNullValue())
                .body("providerCallId", is(before.<String>path("providerCallId")))
                .body("status", is("ended"))
                .body("durationSeconds", is(before.<Integer>path("durationSeconds")))
                .body("startedAt", is(before.<String>path("startedAt")))
                .body("contactId", is(ada.toString()));
        assertNothingLeft();
        var erased = AuditTrail.await(acme.orgId(), "erase", event -> true);
        assertEquals(ada.toString(), erased.getString("resourceId"));
        var kept = AuditTrail.of(acme.orgId(), "update").stream()
                .filter(event -> event.getString("resourceType").equals("call_logs"))
                .filter(event -> !event.getJsonObject("newData").containsKey("version"))
                .toList();
        assertEquals(1, kept.size());
        assertEquals(
                Set.of("id", "org_id", "contact_id", "provider_call_id"),
                kept.get(0).getJsonObject("oldData").fieldNames());
    }

    @Test
    void a_repeat_finds_nothing_more() {
        tell(call, "end-of-call-report");
        erase(call.caller()).then().body("calls", is(1)).body("events", is(1));
        erase(call.caller()).then().statusCode(200).body("calls", is(0)).body("events", is(0));
        assertEquals(1, AuditTrail.await(1, acme.orgId(), "erase").size());
    }

    @Test
    void calls_are_found_by_contact_and_by_number() {
        tell(call, "end-of-call-report");
        erase().then().body("calls", is(1));
        var unlinked = SampleCall.create();
        Crm.answerContact(unlinked.caller(), UUID.randomUUID());
        front.vapi(unlinked.vapi("end-of-call-report")).then().statusCode(200);
        Settled.all(acme);
        erase(unlinked.caller(), "sip:ada@example.com", "anonymous").then().body("calls", is(1));
    }

    @Test
    void other_contacts_and_organizations_keep_theirs() {
        tell(call, "end-of-call-report");
        Caller.service("crm-service", UUID.randomUUID())
                .post("/internal/contacts/" + ada + "/erase", Map.of("phones", List.of(call.caller())))
                .then()
                .body("calls", is(0))
                .body("events", is(0));
        crm.post("/internal/contacts/" + UUID.randomUUID() + "/erase", Map.of("phones", List.of("+15550000000")))
                .then()
                .body("calls", is(0));
        acme.get("/api/calls").then().body("items.fromNumber", contains(call.caller()));
    }

    @Test
    void late_events_add_figures_only() {
        tell(call, "status-update-in-progress");
        erase(call.caller()).then().body("calls", is(1));
        int told = Crm.contacts(call.caller()).size();
        front.vapi(call.vapi("end-of-call-report")).then().statusCode(200);
        front.vapi(call.vapi("status-update-in-progress")).then().statusCode(200); // a repeat is still known
        Settled.all(acme);
        acme.get("/api/calls/" + callId())
                .then()
                .body("status", is("ended"))
                .body("durationSeconds", notNullValue())
                .body("fromNumber", nullValue())
                .body("summary", nullValue())
                .body("transcript", nullValue());
        acme.get("/api/webhook-events").then().body("items.size()", is(2));
        assertEquals(told, Crm.contacts(call.caller()).size());
        assertNothingLeft();
    }

    @Test
    void what_crm_service_was_still_to_be_told_is_dropped() {
        Crm.answerContact(call.caller(), ada);
        Crm.answer(call.caller(), 503);
        front.vapi(call.vapi("end-of-call-report")).then().statusCode(200);
        await().until(() -> count("processed_webhook_events where effects is not null and lease is null and ") == 1);
        erase(call.caller()).then().statusCode(200).body("calls", is(1)).body("events", is(1));
        Crm.answer(call.caller(), 200);
        Settled.all(acme);
        assertEquals(List.of(), Crm.contacts(call.caller()));
        assertNothingLeft();
    }

    @Test
    void dead_events_that_name_a_number_are_emptied() {
        var odd = "{\"message\": {\"type\": \"end-of-call-report\", \"customer\": {\"number\": \"%s\"}}}";
        front.vapi(odd.formatted(call.caller()).replace("}}}", "}}")).then().statusCode(200);
        front.vapi(odd.formatted(call.caller() + "0").replace("}}}", "}}"))
                .then()
                .statusCode(200);
        await().untilAsserted(
                        () -> acme.get("/api/webhook-events?status=dead").then().body("items.size()", is(2)));
        erase(call.caller()).then().body("calls", is(0)).body("events", is(1));
        assertEquals(1, count("processed_webhook_events where body <> '' and "));
    }

    @Test
    void many_events_take_many_steps() {
        tell(call, "end-of-call-report");
        Sql.superuser().run("""
                insert into processed_webhook_events (org_id, endpoint_id, provider, event_id, type, call_key, body, status)
                select '%s', uuid_v7(), 'vapi', 'more:' || n, 'x', '%s', convert_to('%s', 'UTF8'), 'done'
                from generate_series(1, 3500) n""".formatted(acme.orgId(), call.id(), call.caller()));
        await().until(() -> erase(call.caller()).statusCode(), is(200)); // 503 for as long as there is more
        assertNothingLeft();
    }

    @Test
    void malformed_requests_are_refused() {
        crm.post("/internal/contacts/" + ada + "/erase", Map.of()).then().statusCode(422);
        crm.post("/internal/contacts/ada/erase", Map.of("phones", List.of()))
                .then()
                .statusCode(404);
        crm.post("/internal/contacts/" + ada + "/merge", Map.of()).then().statusCode(422);
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

    private void assertNothingLeft() {
        var digits = call.caller().substring(1);
        assertEquals(0, count("call_logs t where t::text like '%" + digits + "%' and "));
        assertEquals(0, count("processed_webhook_events t where t.effects::text like '%" + digits + "%' and "));
        for (var table : List.of("processed_webhook_events", "webhook_deliveries")) {
            assertEquals(0, count(table + " where position(convert_to('" + digits + "', 'UTF8') in body) > 0 and "));
        }
        assertEquals(0, count("event_erasures where "));
        for (var table : List.of("call_transcripts", "call_talks", "call_fragments")) {
            assertEquals(0, count(table + " where "));
        }
    }

    private int count(String rows) {
        var found = Sql.superuser().column("select count(*) from " + rows + "org_id = '" + acme.orgId() + "'");
        return Integer.parseInt(found.get(0));
    }
}
