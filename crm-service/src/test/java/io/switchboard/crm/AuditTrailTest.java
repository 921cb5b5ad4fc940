package io.switchboard.crm;

import static java.util.Comparator.comparing;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.kit.test.AuditTrail;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.CanarySearch;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class AuditTrailTest {
    final Caller acme = Caller.agentOfNewOrg();

    @Test
    void audit_service_hears_who_did_what_to_a_contact() {
        String id = acme.post("/api/contacts", Map.of("name", "Ada", "phone", "+4930123456"))
                .path("id");
        acme.patch("/api/contacts/" + id, Map.of("name", "Ada L"));
        acme.put("/api/contacts/by-phone/+4930123456", Map.of("email", "ada@example.com"));
        acme.request().header("X-Request-Id", "the-last-one").delete("/api/contacts/" + id);

        var all = awaitAll(acme.orgId(), 5);
        var events = ofType("contacts", all);

        assertEquals(
                List.of("create", "update", "update", "delete"),
                events.stream().map(event -> event.getString("action")).toList());
        for (var event : events) {
            assertEquals(id, event.getString("resourceId"));
            assertEquals(acme.id().toString(), event.getString("actorId"));
            assertEquals("user", event.getString("actorType"));
            assertEquals("crm-service", event.getString("service"));
        }
        assertNull(events.get(0).getValue("oldData"));
        assertEquals("Ada", events.get(0).getJsonObject("newData").getString("name"));
        assertEquals("Ada", events.get(1).getJsonObject("oldData").getString("name"));
        assertEquals("Ada L", events.get(1).getJsonObject("newData").getString("name"));
        assertEquals("ada@example.com", events.get(2).getJsonObject("newData").getString("email"));
        assertEquals("Ada L", events.get(3).getJsonObject("oldData").getString("name"));
        assertEquals("the-last-one", events.get(3).getString("requestId"));
        var number = ofType("contact_phones", all).get(0);
        assertEquals("delete", number.getString("action"));
        assertEquals("+4930123456", number.getJsonObject("oldData").getString("phone"));
    }

    @Test
    void further_numbers_and_notes_are_on_record() {
        String id = acme.post("/api/contacts", Map.of("name", "Ada", "phone", "+4930123456"))
                .path("id");
        acme.post("/api/contacts/" + id + "/phones", Map.of("phone", "+4930123457", "label", "office"));
        acme.post("/api/contacts/" + id + "/notes", Map.of("content", "Calls back."));
        acme.delete("/api/contacts/" + id + "/phones/+4930123457");

        var events = awaitAll(acme.orgId(), 4);
        var numbers = ofType("contact_phones", events);
        assertEquals(
                List.of("create", "delete"),
                numbers.stream().map(event -> event.getString("action")).toList());
        assertEquals("office", numbers.get(0).getJsonObject("newData").getString("label"));
        assertEquals(id, numbers.get(1).getJsonObject("oldData").getString("contact_id"));
        var note = ofType("contact_notes", events).get(0);
        assertEquals("Calls back.", note.getJsonObject("newData").getString("content"));
    }

    @Test
    void an_erasing_transaction_records_ids_alone() {
        var contact = UUID.fromString(acme.post("/api/contacts", Map.of("name", "Canary Wharf", "phone", "+4930123456"))
                .path("id"));
        assertTrue(CanarySearch.find("canary wharf").contains("contacts.name: canary wharf"));
        Sql.app(acme.orgId(), acme.id(), "agent")
                .with("app.erasing", "on")
                .run("update contacts set name = 'Canary Row'", "delete from contacts");

        var events = AuditTrail.await(3, acme.orgId()).stream()
                .filter(event -> event.getString("resourceType").equals("contacts"))
                .sorted(comparing(event -> event.getString("id")))
                .toList();

        var ids = new JsonObject()
                .put("id", contact.toString())
                .put("org_id", acme.orgId().toString());
        assertEquals("update", events.get(1).getString("action"));
        assertEquals(ids, events.get(1).getJsonObject("oldData"));
        assertEquals(ids, events.get(1).getJsonObject("newData"));
        assertEquals("delete", events.get(2).getString("action"));
        assertEquals(contact.toString(), events.get(2).getString("resourceId"));
        assertEquals(ids, events.get(2).getJsonObject("oldData"));
        assertNull(events.get(2).getValue("newData"));
    }

    @Test
    void what_a_call_tells_is_the_service_s_doing() {
        Caller.service("voice-service", acme.orgId()).put("/internal/contacts/by-phone/+4930123456", Map.of());
        var event = awaitAll(acme.orgId(), 1).get(0);
        assertEquals("voice-service", event.getString("actorId"));
        assertEquals("service", event.getString("actorType"));
    }

    @Test
    void notifications_are_on_record_too() {
        var admin = Colleagues.joined("admin", acme.orgId());
        acme.post("/api/contacts", Map.of("name", "Ada", "leadScore", "hot"));
        admin.post("/api/notifications/read-all", "");

        var events = awaitAll(acme.orgId(), 3).stream()
                .filter(event -> event.getString("resourceType").equals("notifications"))
                .toList();

        assertEquals(acme.id().toString(), events.get(0).getString("actorId"));
        assertEquals(admin.id().toString(), events.get(1).getString("actorId"));
        assertEquals("unread", events.get(1).getJsonObject("oldData").getString("status"));
        assertEquals("read", events.get(1).getJsonObject("newData").getString("status"));
    }

    @Test
    void who_tries_many_doors_is_on_record_once() {
        for (int i = 0; i < 8; i++) {
            acme.get("/api/contacts/" + UUID.randomUUID()).then().statusCode(404);
        }
        var user = acme.colleague("user");
        user.get("/api/contacts").then().statusCode(403);
        acme.delete("/api/contacts/" + UUID.randomUUID()).then().statusCode(404);
        acme.get("/api/contacts?cursor=none").then().statusCode(400);
        acme.get("/api/nothing/at/all").then().statusCode(404);
        acme.request()
                .header("X-Request-Id", "the-tenth")
                .header("X-Forwarded-For", "203.0.113.9") // no proxy is listed here
                .get("/api/contacts/" + UUID.randomUUID());
        acme.get("/api/contacts/" + UUID.randomUUID()).then().statusCode(404);

        var event = awaitAll(acme.orgId(), 1).get(0);

        assertEquals("access_refused", event.getString("action"));
        assertEquals("failure", event.getString("outcome"));
        assertEquals(acme.id().toString(), event.getString("actorId"));
        assertEquals("127.0.0.1", event.getString("ipAddress"));
        assertEquals("the-tenth", event.getString("requestId"));
        assertEquals(
                new JsonObject()
                        .put("forbidden", 0)
                        .put("notFound", 10)
                        .put(
                                "operations",
                                new JsonObject()
                                        .put("GET /api/contacts/{id}", 9)
                                        .put("DELETE /api/contacts/{id}", 1)),
                event.getJsonObject("newData"));
    }

    @Test
    void refusals_by_role_count_for_services_and_access_keys_too() {
        var key = Caller.accessKey("user", acme.orgId());
        var service = Caller.service("audit-service", acme.orgId());
        for (int i = 0; i < 10; i++) {
            key.post("/api/contacts", Map.of()).then().statusCode(403);
            service.put("/internal/members/" + UUID.randomUUID(), Map.of())
                    .then()
                    .statusCode(403);
        }
        var events = awaitAll(acme.orgId(), 2);
        for (var event : events) {
            assertEquals("access_refused", event.getString("action"));
            assertEquals(10, event.getJsonObject("newData").getInteger("forbidden"));
        }
        assertEquals(
                Set.of(key.id().toString(), "audit-service"),
                events.stream().map(event -> event.getString("actorId")).collect(Collectors.toSet()));
    }

    @Test
    void recorded_events_and_row_changes_have_one_form() {
        acme.post("/api/contacts", Map.of("name", "Ada"));
        for (int i = 0; i < 10; i++) {
            acme.get("/api/contacts/" + UUID.randomUUID()).then().statusCode(404);
        }
        var events = awaitAll(acme.orgId(), 2);
        assertEquals(
                List.of("create", "access_refused"),
                events.stream().map(event -> event.getString("action")).toList());
        assertEquals(events.get(0).fieldNames(), events.get(1).fieldNames());
        for (var event : events) {
            assertTrue(event.getString("occurredAt").matches(".{10}T.{8}\\.\\d{6}Z"), event::encode);
        }
    }

    private static List<JsonObject> ofType(String resourceType, List<JsonObject> events) {
        return events.stream()
                .filter(event -> event.getString("resourceType").equals(resourceType))
                .toList();
    }

    /** The organization's events by their time, once all have come. */
    private static List<JsonObject> awaitAll(UUID orgId, int count) {
        var events = AuditTrail.await(count, orgId);
        assertEquals(count, events.size());
        return events.stream().sorted(comparing(event -> event.getString("id"))).toList();
    }
}
