package io.switchboard.crm.contacterasure;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.switchboard.crm.Colleagues;
import io.switchboard.kit.test.AuditTrail;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.CanarySearch;
import io.switchboard.kit.test.PeerRequests;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ContactErasureTest {
    final String tag = String.valueOf(ThreadLocalRandom.current().nextInt(100_000, 1_000_000));
    final String name = "Zanzibar Quixote" + tag;
    final String otherName = "Quixote the Second" + tag;
    final String email = "zq" + tag + "@example.com";
    final String number = "+493022" + tag;
    final String otherNumber = "+493023" + tag;
    final String asGiven = "0049 30 22-" + tag;
    final String note = "canary-note-" + tag;
    final String entry = "canary-entry-" + tag;
    final String metadata = "canary-metadata-" + tag;
    final String service = "canary-service-" + tag;
    final String plan = "canary-plan-" + tag;
    final String[] canaries = {
        name,
        otherName,
        email,
        number.substring(1),
        otherNumber.substring(1),
        asGiven,
        note,
        entry,
        metadata,
        service,
        plan
    };

    final Caller acme = Caller.adminOfNewOrg();

    @Test
    void nothing_of_an_erased_person_is_left() {
        Colleagues.joined("admin", acme.orgId());
        Sql.superuser()
                .run("insert into outbox_rejected (org_id, id, destination, event, reason) values ('" + acme.orgId()
                        + "', uuid_v7(), 'audit-service', jsonb_build_object('newData', jsonb_build_object('phone', '"
                        + number
                        + "')), 'test')");
        leaveImport("completed");
        var id = createPerson();
        var booked = book(id);
        assertEquals(
                1, Sql.superuser().number("select count(*) from notifications where related_id = '" + booked + "'"));
        leaveMails(booked);
        assertTrue(countMails() >= 3);
        var traces = CanarySearch.find(canaries);
        for (var canary : canaries) {
            assertFalse(traces.stream().noneMatch(trace -> trace.endsWith(": " + canary)), canary);
        }
        PeerRequests.answer("/internal/contacts/" + id + "/erase", 503);
        var before = new HashSet<>(AuditTrail.await(8, acme.orgId()));

        var erasure = erase(id)
                .then()
                .statusCode(202)
                .body("contactId", is(id))
                .body("status", is("running"))
                .body("remaining", contains("voice-service"))
                .extract()
                .<String>path("id");

        assertEquals(
                Set.of("contact_erasures.phones"),
                Set.copyOf(CanarySearch.find(canaries).stream()
                        .map(trace -> trace.substring(0, trace.indexOf(':')))
                        .toList()));
        acme.get("/api/contacts/" + id).then().statusCode(404);
        assertEquals(0, countMails());

        PeerRequests.answer("/internal/contacts/" + id + "/erase", 200);
        awaitCompleted(erasure);

        assertEquals(List.of(), CanarySearch.find(canaries));
        var tombstone = AuditTrail.await(acme.orgId(), "contact_erased", any -> true);
        assertEquals(id, tombstone.getString("resourceId"));
        assertEquals(acme.id().toString(), tombstone.getString("actorId"));
        AuditTrail.await(
                acme.orgId(), "update", event -> event.getString("resourceType").equals("contact_erasures"));
        var since = AuditTrail.of(acme.orgId()).stream()
                .filter(event -> !before.contains(event))
                .toList();
        for (var canary : canaries) {
            assertFalse(since.toString().contains(canary), () -> canary + " in " + since);
        }
    }

    @Test
    void voice_service_gets_all_numbers_of_contact_and_duplicates() {
        var id = createPerson();
        var duplicates =
                Sql.superuser().column("select duplicate_id from contact_merges where contact_id = '" + id + "'");
        awaitCompleted(erase(id).path("id"));
        var sent = PeerRequests.to("/internal/contacts/" + id + "/erase");
        var phones = new JsonObject(sent.get(0).getString("body")).getJsonArray("phones");
        assertEquals(
                Set.of(number, otherNumber, asGiven),
                Set.copyOf(phones.stream().map(Object::toString).toList()));
        assertEquals(
                1,
                PeerRequests.to("/internal/contacts/" + duplicates.get(0) + "/erase")
                        .size());
    }

    @Test
    void a_kept_answer_about_the_person_is_erased_but_not_its_key() {
        var key = UUID.randomUUID().toString();
        var form = Map.of("name", name, "email", email);
        var id = keyed(key).body(form).post("/api/contacts").<String>path("id");
        var other =
                keyed("other").body(Map.of("name", "Ada")).post("/api/contacts").<String>path("id");
        awaitCompleted(erase(id).path("id"));
        keyed(key).body(form).post("/api/contacts").then().statusCode(409).body("type", endsWith("answer_erased"));
        keyed("other")
                .body(Map.of("name", "Ada"))
                .post("/api/contacts")
                .then()
                .statusCode(201)
                .body("id", is(other));
    }

    @Test
    void kept_answers_about_appointments_and_of_tools_are_erased() {
        var id = createPerson();
        var booked = book(id);
        keepAnswer("POST /api/appointments", booked);
        keepAnswer("POST /api/appointments/" + booked + "/restore", null);
        keepAnswer("POST /internal/tools/lookup_contact", id);
        keepAnswer("POST /internal/tools/check_availability", null);
        erase(id).then().statusCode(202);
        assertEquals(
                List.of("POST /internal/tools/check_availability"),
                Sql.superuser()
                        .column("select operation from idempotency_keys where org_id = '" + acme.orgId()
                                + "' and key = 'k' and answer is not null"));
    }

    private void keepAnswer(String operation, String subject) {
        Sql.superuser()
                .run(
                        "insert into idempotency_keys (org_id, principal, operation, key, fingerprint, answer, subject) values ('"
                                + acme.orgId() + "', 'service:voice-service', '" + operation + "', 'k', '', 'sealed', "
                                + (subject == null ? "null" : "'" + subject + "'") + ")");
    }

    @Test
    void another_persons_appointments_and_mails_stay() {
        var id = createPerson();
        book(id);
        var other = acme.post("/api/contacts", Map.of("name", "Bob")).<String>path("id");
        book(other);
        Sql.superuser()
                .run("insert into outbox (org_id, destination, lease_until, event) values ('" + acme.orgId()
                        + "', 'mail', 'infinity', '{\"to\": \"bob@example.com\", \"text\": \"See you.\"}')");
        erase(id).then().statusCode(202);
        assertEquals(
                List.of(other),
                Sql.superuser().column("select contact_id from appointments where org_id = '" + acme.orgId() + "'"));
        assertEquals(
                1,
                Sql.superuser()
                        .number("select count(*) from outbox where org_id = '" + acme.orgId()
                                + "' and event ->> 'to' = 'bob@example.com'"));
    }

    @Test
    void erasing_again_answers_the_running_erasure_then_404() {
        var id = createPerson();
        PeerRequests.answer("/internal/contacts/" + id + "/erase", 503);
        var erasure = erase(id).<String>path("id");
        erase(id).then().statusCode(202).body("id", is(erasure));
        PeerRequests.answer("/internal/contacts/" + id + "/erase", 200);
        awaitCompleted(erasure);
        erase(id).then().statusCode(404).body("type", endsWith("contact_not_found"));
        erase(UUID.randomUUID().toString()).then().statusCode(404);
    }

    @Test
    void a_refusal_of_voice_service_is_no_end() {
        var id = createPerson();
        PeerRequests.answer("/internal/contacts/" + id + "/erase", 422, "{\"detail\": \"" + number + "\"}");
        var erasure = erase(id).<String>path("id");
        await().until(() -> !Sql.superuser()
                .column("select error from work where org_id = '" + acme.orgId() + "' and error is not null")
                .isEmpty());
        acme.get("/api/contacts/erasures/" + erasure).then().body("status", is("running"));
        assertEquals(
                List.of("voice-service answered 422"),
                Sql.superuser()
                        .column("select error from work where org_id = '" + acme.orgId() + "' and error is not null"));
        PeerRequests.answer("/internal/contacts/" + id + "/erase", 200, "{}");
        awaitCompleted(erasure);
    }

    @Test
    void while_an_import_goes_on_nobody_is_erased() {
        var id = createPerson();
        leaveImport("queued");
        erase(id).then().statusCode(409).body("type", endsWith("import_unfinished"));
        acme.get("/api/contacts/" + id).then().statusCode(200).body("name", is(name));
        Sql.superuser().run("update contact_imports set status = 'failed' where org_id = '" + acme.orgId() + "'");
        erase(id).then().statusCode(202);
    }

    @Test
    void another_person_s_notifications_stay() {
        var admin = Colleagues.joined("admin", acme.orgId());
        var id = createPerson();
        missedCall(number);
        missedCall(number + "7");
        erase(id);
        admin.get("/api/notifications").then().body("items.title", contains("Missed call from " + number + "7"));
    }

    /** With a duplicate merged in, a note, and notifications; it was made by a POST with a key. */
    private String createPerson() {
        var form = Map.of(
                "name",
                name,
                "phone",
                asGiven,
                "email",
                email,
                "leadScore",
                "hot",
                "notes",
                note,
                "metadata",
                Map.of("k", metadata));
        var id = keyed(UUID.randomUUID().toString())
                .body(form)
                .post("/api/contacts")
                .then()
                .statusCode(201)
                .extract()
                .<String>path("id");
        var duplicate = acme.post("/api/contacts", Map.of("name", otherName, "phone", otherNumber))
                .<String>path("id");
        Sql.superuser()
                .run("insert into contact_notes (org_id, contact_id, content) values ('" + acme.orgId() + "', '"
                        + duplicate + "', '" + entry + "')");
        leaveUnsentEvent(duplicate);
        acme.post("/api/contacts/" + id + "/merge", Map.of("duplicateId", duplicate))
                .then()
                .statusCode(200);
        leaveUnsentEvent(id);
        return id;
    }

    /** Notifies the admins; its audit events are not sent yet. */
    private String book(String contact) {
        Sql.app(acme.orgId(), acme.id(), "admin")
                .run(
                        "insert into appointments (org_id, contact_id, service_type, scheduled_at, duration_minutes, notes) values ('"
                                + acme.orgId() + "', '" + contact + "', '" + service
                                + "', now() + interval '1 day', 30, '" + plan
                                + "')");
        var id = Sql.superuser().value("select id from appointments where contact_id = '" + contact + "'");
        Sql.superuser()
                .run(
                        "insert into outbox (org_id, event, lease_until) select org_id, audit_event(uuid_v7(), org_id, jsonb_build_object("
                                + "'action', 'create', 'resourceType', 'appointments', 'resourceId', id, 'newData', to_jsonb(appointments))),"
                                + " 'infinity' from appointments where id = '" + id + "'");
        return id;
    }

    private void leaveMails(String appointment) {
        for (var mail : List.of(
                Map.of("to", email.toUpperCase(), "text", "Your " + service),
                Map.of("to", "desk@example.com", "text", plan, "about", appointment),
                Map.of("to", "desk@example.com", "text", name + " called from " + number))) {
            Sql.superuser()
                    .run("insert into outbox (org_id, destination, lease_until, event) values ('" + acme.orgId()
                            + "', 'mail', 'infinity', '" + new JsonObject(new HashMap<>(mail)).encode() + "')");
        }
    }

    private long countMails() {
        return Sql.superuser()
                .number("select count(*) from outbox where org_id = '" + acme.orgId()
                        + "' and destination in ('mail', 'appointment-mail')");
    }

    private void leaveImport(String status) {
        var ids = "'" + acme.orgId() + "', '" + UUID.randomUUID() + "'";
        Sql.superuser()
                .run(
                        "insert into contact_imports (org_id, id, status, key, dry_run, separator, header, ignored_columns, work_id)"
                                + " values (" + ids + ", '" + status
                                + "', 'phone', true, ',', '{name}', '{}', uuid_v7())",
                        "insert into import_chunks (org_id, import_id, nth, bytes) values (" + ids + ", 1, 'name,"
                                + name + "')",
                        "insert into contact_import_errors (org_id, import_id, line, message, cells) values (" + ids
                                + ", 2, 'refused', array['" + name + "', '" + note + "'])",
                        "insert into contact_import_errors (org_id, import_id, line, message, cells) values (" + ids
                                + ", 3, 'refused', array['" + entry + "', '(030) 22-" + tag + "'])",
                        "insert into contact_import_previews (org_id, import_id, key, contact_id) values (" + ids
                                + ", '" + email + "', uuid_v7())");
    }

    private static void leaveUnsentEvent(String id) {
        Sql.superuser()
                .run(
                        "insert into outbox (org_id, event, lease_until) select org_id, audit_event(uuid_v7(), org_id, jsonb_build_object("
                                + "'action', 'update', 'resourceType', 'contacts', 'resourceId', id, 'newData', to_jsonb(contacts))),"
                                + " 'infinity' from contacts where id = '" + id + "'");
    }

    private void missedCall(String from) {
        Caller.service("voice-service", acme.orgId())
                .post(
                        "/internal/notifications",
                        Map.of(
                                "audience",
                                Map.of("roles", List.of("admin")),
                                "type",
                                "missed_call",
                                "title",
                                "Missed call from " + from,
                                "message",
                                "A call from " + from + " was not answered.",
                                "relatedType",
                                "call",
                                "relatedId",
                                UUID.randomUUID()));
    }

    private io.restassured.specification.RequestSpecification keyed(String key) {
        return acme.request().header("Idempotency-Key", key);
    }

    private Response erase(String id) {
        return acme.post("/api/contacts/" + id + "/erase", Map.of());
    }

    private void awaitCompleted(String erasure) {
        await().until(() -> {
            Sql.superuser()
                    .run(
                            "update work set next_attempt_at = now() where state = 'pending' and lease is null and org_id = '"
                                    + acme.orgId() + "'");
            return acme.get("/api/contacts/erasures/" + erasure).path("status").equals("completed");
        });
        acme.get("/api/contacts/erasures/" + erasure)
                .then()
                .body("remaining", empty())
                .body("completedAt", notNullValue());
    }
}
