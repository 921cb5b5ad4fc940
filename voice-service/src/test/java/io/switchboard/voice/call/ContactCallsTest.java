package io.switchboard.voice.call;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.switchboard.kit.http.Cursor;
import io.switchboard.kit.test.Caller;
import io.switchboard.voice.Crm;
import io.switchboard.voice.Front;
import io.switchboard.voice.SampleCall;
import io.switchboard.voice.VoiceProfile;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What crm-service is shown of a contact's calls. */
@QuarkusTest
@TestProfile(VoiceProfile.class)
class ContactCallsTest {
    final Caller acme = Caller.adminOfNewOrg();
    final Caller crm = Caller.service("crm-service", acme.orgId());
    final UUID ada = UUID.randomUUID();
    final String path = "/internal/calls?contactId=" + ada;

    @Test
    void a_contacts_calls_are_listed_with_their_outcome() {
        var call = endedCall(ada);
        endedCall(UUID.randomUUID());
        crm.get(path)
                .then()
                .statusCode(200)
                .body("items.contactId", contains(ada.toString()))
                .body("items[0].fromNumber", is(call.caller()))
                .body("items[0].status", is("ended"))
                .body("items[0].direction", is("inbound"))
                .body("items[0].durationSeconds", notNullValue())
                .body("items[0].endedReason", notNullValue())
                .body("items[0].summary", notNullValue())
                .body("items[0].erasedAt", nullValue())
                .body("items[0].transcript", nullValue())
                .body("nextCursor", nullValue());
        crm.get(path + "&transcript=true").then().body("items[0].transcript", containsString("User:"));
    }

    @Test
    void pages_have_each_call_once_and_begin_after_any_call() {
        for (int i = 0; i < 5; i++) {
            endedCall(ada);
        }
        List<String> all = crm.get(path).path("items.id");
        assertEquals(5, all.size());
        var seen = new ArrayList<String>();
        String cursor = "";
        do {
            var page = crm.get(path + "&limit=2&cursor=" + cursor);
            seen.addAll(page.path("items.id"));
            cursor = page.path("nextCursor");
        } while (cursor != null);
        assertEquals(all, seen);
        var startedAt = OffsetDateTime.parse(crm.get(path).<String>path("items[2].startedAt"));
        var afterThird = Cursor.at(startedAt, UUID.fromString(all.get(2))).encoded();
        crm.get(path + "&cursor=" + afterThird).then().body("items.id", contains(all.get(3), all.get(4)));
    }

    @Test
    void another_organizations_calls_are_not_listed() {
        endedCall(ada);
        Caller.service("crm-service", UUID.randomUUID()).get(path).then().body("items", hasSize(0));
    }

    @Test
    void a_missing_or_malformed_parameter_is_refused() {
        for (var query : List.of("", "?contactId=", "?contactId=7", "?contactId=" + ada + "&transcript=perhaps")) {
            crm.get("/internal/calls" + query)
                    .then()
                    .statusCode(400)
                    .body("type", is("urn:switchboard:problem:invalid_filter"));
        }
        crm.get(path + "&cursor=x").then().statusCode(400);
    }

    @Test
    void a_merged_contacts_calls_are_the_survivors() {
        var bob = UUID.randomUUID();
        endedCall(bob);
        endedCall(ada);
        List<String> both = new ArrayList<>(crm.get(path).<List<String>>path("items.id"));
        both.addAll(crm.get("/internal/calls?contactId=" + bob).path("items.id"));
        merge(ada, bob).then().statusCode(200).body("calls", is(1));
        crm.get(path).then().body("items.id", containsInAnyOrder(both.toArray()));
        crm.get("/internal/calls?contactId=" + bob).then().body("items", hasSize(0));
        merge(ada, bob).then().statusCode(200).body("calls", is(0));
        merge(ada, ada).then().statusCode(422).body("errors.field", contains("duplicateId"));
    }

    @Test
    void what_is_late_follows_the_merge() {
        var bob = UUID.randomUUID();
        var call = SampleCall.create();
        Crm.answerContact(call.caller(), bob); // also after the merge, as if crm-service had answered just before it
        var front = Front.of(acme, "vapi");
        front.vapi(call.vapi("status-update-in-progress")).then().statusCode(200);
        Settled.all(acme);
        merge(ada, bob).then().statusCode(200).body("calls", is(1));
        front.vapi(call.vapi("end-of-call-report")).then().statusCode(200);
        Settled.all(acme);
        acme.get("/api/calls").then().body("items.contactId", contains(ada.toString()));

        var other = SampleCall.create();
        Crm.answerContact(other.caller(), bob);
        front.vapi(other.vapi("end-of-call-report")).then().statusCode(200);
        Settled.all(acme);
        acme.get("/api/calls").then().body("items.contactId", not(contains(bob.toString())));
    }

    @Test
    void merges_may_arrive_in_any_order() {
        var bob = UUID.randomUUID();
        var eve = UUID.randomUUID();
        endedCall(eve);
        merge(ada, bob).then().statusCode(200);
        merge(bob, eve).then().statusCode(200).body("calls", is(1));
        acme.get("/api/calls").then().body("items.contactId", contains(ada.toString()));
    }

    private io.restassured.response.Response merge(UUID survivor, UUID duplicate) {
        return crm.post(
                "/internal/contacts/" + survivor + "/merge", java.util.Map.of("duplicateId", duplicate.toString()));
    }

    private SampleCall endedCall(UUID contact) {
        var call = SampleCall.create();
        Crm.answerContact(call.caller(), contact);
        Front.of(acme, "vapi").vapi(call.vapi("end-of-call-report")).then().statusCode(200);
        Settled.all(acme);
        return call;
    }
}
