package io.switchboard.crm.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ContactEventsTest extends EventCase {
    final String tag = String.valueOf(ThreadLocalRandom.current().nextInt(100_000, 1_000_000));
    final String phone = "+493022" + tag;
    final String otherPhone = "+493023" + tag;

    @Test
    void a_contact_is_told_as_the_api_shows_it() {
        want("contact.created", "contact.updated");
        var path = "/api/contacts/"
                + create(Map.of(
                        "name", "Ada \"B\" Löve",
                        "phone", phone,
                        "email", "ada@example.com",
                        "serviceInterests", List.of("a, b", "c"),
                        "leadScore", "hot",
                        "lastContactAt", "2026-03-01T10:00:00.120+02:00",
                        "notes", "Two\nlines",
                        "metadata", Map.of("plan", List.of(1, 2.5, true))));
        var id = path.substring(path.lastIndexOf('/') + 1);
        assertShows(path, events(1, id).get(0));

        acme.patch(path, Map.of("name", "Ada", "leadStatus", "contacted"))
                .then()
                .statusCode(200);
        assertShows(path, events(2, id).get(1));
        acme.post(path + "/phones", Map.of("phone", otherPhone, "label", "office"))
                .then()
                .statusCode(201);
        assertShows(path, events(3, id).get(2));
        acme.delete(path + "/phones/{phone}", phone).then().statusCode(204);
        var events = events(4, id);
        assertEquals(otherPhone, events.get(3).getJsonObject("data").getString("phone"));
        assertShows(path, events.get(3));

        acme.patch(path, Map.of("notes", "last")).then().statusCode(200);
        assertEquals(
                List.of("contact.created", "contact.updated", "contact.updated", "contact.updated", "contact.updated"),
                types(events(5, id)),
                "one event a change");
    }

    @Test
    void a_call_that_only_touches_a_contact_is_no_event() {
        want("contact.created", "contact.updated");
        var voice = Caller.service("voice-service", org);
        var path = "/internal/contacts/by-phone/{phone}";
        String id = voice.put(path, Map.of("lastContactAt", "2026-01-01T00:00:00Z"), phone)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        voice.put(path, Map.of("lastContactAt", "2026-01-02T00:00:00Z"), phone)
                .then()
                .statusCode(200);
        voice.put(path, Map.of("lastContactAt", "2026-01-03T00:00:00Z", "name", "Ada"), phone)
                .then()
                .statusCode(200);
        voice.put(path, Map.of("lastContactAt", "2026-01-03T00:00:00Z", "name", "Ada"), phone)
                .then()
                .statusCode(200);
        acme.patch("/api/contacts/" + id, Map.of("email", "ada@example.com"))
                .then()
                .statusCode(200);
        var events = events(3, id);
        assertEquals(List.of("contact.created", "contact.updated", "contact.updated"), types(events));
        assertEquals("2026-01-01T00:00:00Z", events.get(0).getJsonObject("data").getString("lastContactAt"));
        assertEquals("Ada", events.get(1).getJsonObject("data").getString("name"));
    }

    @Test
    void a_merge_is_one_event_with_the_survivor() {
        want("contact.updated", "contact.merged");
        var id = create(Map.of("name", "Ada", "phone", phone));
        var duplicate = create(Map.of("email", "ada@example.com", "phone", otherPhone, "leadScore", "hot"));
        acme.post("/api/contacts/" + id + "/merge", Map.of("duplicateId", duplicate))
                .then()
                .statusCode(200);
        var merged = shown("/api/contacts/" + id).put("duplicateId", duplicate);
        acme.patch("/api/contacts/" + id, Map.of("notes", "later")).then().statusCode(200);
        var events = events(2, id);
        assertEquals(List.of("contact.merged", "contact.updated"), types(events));
        assertEquals(merged, events.get(0).getJsonObject("data"));
    }

    @Test
    void an_erasure_tells_the_id_and_takes_back_what_is_owed() {
        want("contact.erased");
        var id = create(Map.of("name", "Quixote" + tag, "phone", phone));
        owe("outbox", "lease_until", "'infinity'", id);
        owe("outbox", "lease_until", "'infinity'", phone);
        owe("outbox_rejected", "reason", "'test'", id);
        acme.post("/api/contacts/" + id + "/erase", Map.of()).then().statusCode(202);
        var told = events(1, id).get(0);
        assertEquals("contact.erased", told.getString("type"));
        assertEquals(JsonObject.of("id", id), told.getJsonObject("data"));
        assertEquals(
                0,
                Sql.superuser()
                        .number(
                                "select (select count(*) from outbox where org_id = '%1$s' and lease_until = 'infinity')"
                                                .formatted(org)
                                        + " + (select count(*) from outbox_rejected where org_id = '%s')"
                                                .formatted(org)));
    }

    @Test
    void without_subscriptions_nothing_is_owed() {
        want(1, "contact.merged");
        assertEquals(0, owedBy("insert into contacts (org_id, name) values ('" + org + "', 'Ada')"));
        want(2, "contact.created");
        assertEquals(1, owedBy("insert into contacts (org_id, name) values ('" + org + "', 'Ada')"));
        var other = UUID.randomUUID();
        assertEquals(0, owedBy("insert into contacts (org_id, name) values ('" + other + "', 'Ada')"));
    }

    @Test
    void the_newest_wants_win_and_unknown_types_are_no_fault() {
        want(7, "contact.created", "contact.applauded");
        want(6, "contact.updated");
        assertEquals(
                "{contact.created,contact.applauded}",
                Sql.superuser().value("select types from wanted_events where org_id = '" + org + "'"));
        want(8);
        assertEquals("{}", Sql.superuser().value("select types from wanted_events where org_id = '" + org + "'"));
        Caller.service("voice-service", org)
                .put("/internal/wanted-events", Map.of("types", List.of("x"), "version", -1))
                .then()
                .statusCode(422);
    }

    @Test
    void each_row_of_an_import_is_an_event() {
        want("contact.created", "contact.updated");
        var file = new StringBuilder("name,phone,otherPhones\n");
        for (int i = 0; i < 50; i++) {
            file.append("Import ")
                    .append(tag)
                    .append(",+4930")
                    .append(Integer.parseInt(tag) * 100L + i)
                    .append(",\n");
        }
        RestAssured.given()
                .header("Authorization", "Bearer " + acme.token())
                .contentType("text/csv")
                .body(file.toString())
                .post("/api/contacts/imports")
                .then()
                .statusCode(202);
        var events = events(50, "Import " + tag);
        assertEquals(
                50,
                new HashSet<>(events.stream()
                                .map(event -> event.getString("id"))
                                .toList())
                        .size());
        var first = events.get(0).getJsonObject("data");
        assertShows("/api/contacts/" + first.getString("id"), events.get(0));
    }

    private String create(Map<String, ?> form) {
        return acme.post("/api/contacts", form).then().statusCode(201).extract().path("id");
    }

    /** An event about something that no relay takes. */
    private void owe(String table, String column, String value, String about) {
        Sql.superuser()
                .run(
                        "insert into %s (org_id, id, destination, event, %s) values ('%s', uuid_v7(), 'voice-service', jsonb_build_object("
                                        .formatted(table, column, org)
                                + "'method', 'POST', 'path', '/internal/events', 'body', jsonb_build_object('data', '"
                                + about + "')), "
                                + value + ")");
    }

    /** How many events a statement owes, in a transaction that is rolled back. */
    private long owedBy(String statement) {
        try (var session = Sql.superuser().open()) {
            session.begin();
            session.run(statement);
            var owed = session.number("select count(*) from outbox where event ->> 'path' = '/internal/events'"
                    + " and created_at = now()");
            session.rollback();
            return owed;
        }
    }
}
