package io.switchboard.local;

import static io.switchboard.local.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The main job through all four services, over HTTP alone. */
class MainJobTest {
    final RunningSuite running = RunningSuite.ready();
    final Tenant acme = running.newTenant();
    final Tenant globex = running.newTenant();

    @Test
    void a_report_becomes_call_contact_and_audit_of_one_tenant() {
        var call = new TestCall();
        assertEquals(200, acme.deliver(call.report()));
        await("the call has its contact").until(() -> acme.call(call.vapiId)
                .filter(seen -> seen.path("contactId").isTextual())
                .isPresent());

        var seen = acme.call(call.vapiId).orElseThrow();
        assertEquals("ended", seen.path("status").asText());
        assertEquals(call.caller, seen.path("fromNumber").asText());
        var contacts = acme.contact(call.caller);
        assertEquals(1, contacts.size());
        assertEquals(contacts.get(0).path("id"), seen.path("contactId"));
        await("both are audited")
                .until(() -> !acme.audit(seen).isEmpty()
                        && !acme.audit(contacts.get(0)).isEmpty());
        assertEquals(List.of(), acme.notifications(), "an ordinary call notifies nobody");

        assertEquals(List.of(), globex.calls());
        assertEquals(List.of(), globex.contacts());
        assertEquals(List.of(), globex.audit(seen));
        assertEquals(
                404,
                globex.api
                        .get(Service.VOICE, "/api/calls/" + seen.path("id").asText())
                        .status());
        assertEquals(
                404,
                globex.api
                        .get(
                                Service.CRM,
                                "/api/contacts/" + seen.path("contactId").asText())
                        .status());
        var record = acme.audit(seen).get(0).path("id").asText();
        assertEquals(
                200, acme.api.get(Service.AUDIT, "/api/audit/logs/" + record).status());
        assertEquals(
                404, globex.api.get(Service.AUDIT, "/api/audit/logs/" + record).status());
    }

    @Test
    void a_hundred_parallel_redeliveries_change_nothing() {
        var call = new TestCall();
        assertEquals(200, acme.deliver(call.report()));
        await("the call has its contact").until(() -> acme.call(call.vapiId)
                .filter(seen -> seen.path("contactId").isTextual())
                .isPresent());
        var before = acme.call(call.vapiId).orElseThrow();
        var contact = acme.contact(call.caller).get(0);
        await("both are audited")
                .until(() ->
                        !acme.audit(before).isEmpty() && !acme.audit(contact).isEmpty());

        assertTrue(IntStream.range(0, 100).parallel().allMatch(i -> acme.deliver(call.report()) == 200));

        // A later call's effects are there: what the redeliveries would have caused would be there too.
        var later = new TestCall();
        acme.deliver(later.missed());
        await("the later call notifies").until(() -> acme.notifications().size() == 1);
        assertEquals(before, acme.call(call.vapiId).orElseThrow());
        assertEquals(contact, acme.contact(call.caller).get(0));
    }

    @Test
    void shuffled_status_events_end_in_the_same_state() {
        var ends = new ArrayList<String>();
        for (int seed = 0; seed < 6; seed++) {
            var call = new TestCall();
            var events = new ArrayList<>(call.statuses());
            events.add(call.report());
            events.addAll(call.statuses());
            Collections.shuffle(events, new Random(seed));
            events.forEach(event -> assertEquals(200, acme.deliver(event)));
            await("all of it is worked off").until(() -> acme.call(call.vapiId)
                    .filter(seen -> seen.path("summary").isTextual()
                            && seen.path("answeredAt").isTextual()
                            && seen.path("contactId").isTextual()
                            && seen.path("status").asText().equals("ended"))
                    .isPresent());
            var end = acme.call(call.vapiId).orElseThrow();
            ends.add(end.path("status") + " " + end.path("startedAt") + " " + end.path("answeredAt") + " "
                    + end.path("endedAt") + " " + end.path("durationSeconds") + " " + end.path("cost"));
        }
        assertEquals(1, ends.stream().distinct().count(), ends.toString());
    }

    @Test
    void a_wrong_secret_is_refused_and_leaves_nothing() {
        var call = new TestCall();
        var refused = running.nobody()
                .post(acme.vapiUrl(), call.report().delivery(), Map.of("X-Vapi-Secret", "not the secret"));
        assertEquals(401, refused.status());
        var unknown = running.nobody()
                .post(
                        acme.vapiUrl().replaceAll("[^/]+$", "0198c0de-0000-7000-8000-000000000000"),
                        call.report().delivery(),
                        Map.of("X-Vapi-Secret", "x"));
        assertEquals(401, unknown.status());
        assertEquals(refused.body().path("detail"), unknown.body().path("detail"));
        assertEquals(List.of(), acme.calls());
        assertEquals(
                0,
                acme.api
                        .read(Service.VOICE, "/api/webhook-events")
                        .path("items")
                        .size());
    }
}
