package io.switchboard.crm.contact;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ContactResourceTest {
    static final Map<String, String> ADA = Map.of("name", "Ada", "phone", "+4930123456");
    final Caller acme = Caller.agentOfNewOrg();
    final Caller globex = Caller.agentOfNewOrg();

    @Test
    void a_phone_number_belongs_to_one_contact_per_organization() {
        acme.post("/api/contacts", ADA).then().statusCode(201).body("name", is("Ada"));
        acme.post("/api/contacts", ADA).then().statusCode(409).body("type", endsWith("contact_phone_taken"));
        for (var same : List.of("0049 (30) 12-34-56", "+49 30 123456", "tel:+49-30-123456")) {
            acme.post("/api/contacts", Map.of("phone", same)).then().statusCode(409);
        }
        globex.post("/api/contacts", ADA).then().statusCode(201);
    }

    @Test
    void a_contact_is_shown_with_all_that_was_said_of_it() {
        var form = Map.of(
                "name", "Ada",
                "phone", "+1 (555) 555-0142",
                "email", "ada@example.com",
                "serviceInterests", List.of("roofing", "gutters"),
                "leadScore", "warm",
                "leadStatus", "qualified",
                "lastContactAt", "2026-11-01T10:00:00+02:00",
                "notes", "Calls back.");
        var created = acme.post("/api/contacts", form);
        String id = created.path("id");
        created.then().statusCode(201).header("Location", "/api/contacts/" + id).header("ETag", "\"0\"");

        acme.get("/api/contacts/" + id)
                .then()
                .statusCode(200)
                .header("ETag", "\"0\"")
                .body("name", is("Ada"))
                .body("phone", is("+15555550142"))
                .body("email", is("ada@example.com"))
                .body("serviceInterests", contains("roofing", "gutters"))
                .body("leadScore", is("warm"))
                .body("leadStatus", is("qualified"))
                .body("lastContactAt", is("2026-11-01T08:00:00Z"))
                .body("notes", is("Calls back."))
                .body("createdAt", notNullValue())
                .body("updatedAt", notNullValue());
        assertEquals(
                created.jsonPath().getMap("$"),
                acme.get("/api/contacts/" + id).jsonPath().getMap("$"));
    }

    @Test
    void a_contact_needs_nothing_not_even_a_number() {
        acme.post("/api/contacts", Map.of()).then().statusCode(201).body("leadStatus", is("new"));
        acme.post("/api/contacts", Map.of())
                .then()
                .statusCode(201)
                .body("phone", nullValue())
                .body("serviceInterests", empty());
    }

    @Test
    void a_patch_changes_what_it_names_and_takes_what_it_nulls() {
        String id = acme.post("/api/contacts", Map.of("name", "Ada", "phone", "+1 555-555-0142", "notes", "x"))
                .path("id");
        var patch = new HashMap<String, Object>(Map.of("email", "ada@example.com"));
        patch.put("notes", null);
        acme.patch("/api/contacts/" + id, patch)
                .then()
                .statusCode(200)
                .header("ETag", "\"1\"")
                .body("name", is("Ada"))
                .body("phone", is("+15555550142"))
                .body("email", is("ada@example.com"))
                .body("notes", nullValue());
        acme.request()
                .body(Map.of("phone", "+49 30 123456"))
                .patch("/api/contacts/" + id) // as application/json
                .then()
                .statusCode(200)
                .body("phone", is("+4930123456"));
        patch.put("phone", null);
        acme.patch("/api/contacts/" + id, patch).then().statusCode(200).body("phone", nullValue());
    }

    @Test
    void a_contact_that_is_deleted_is_gone() {
        String id = acme.post("/api/contacts", ADA).path("id");
        acme.delete("/api/contacts/" + id).then().statusCode(204);
        acme.get("/api/contacts/" + id).then().statusCode(404).body("type", endsWith("contact_not_found"));
        acme.delete("/api/contacts/" + id).then().statusCode(404);
    }

    @Test
    void another_organization_s_contact_is_as_good_as_none() {
        String id = acme.post("/api/contacts", ADA).path("id");
        for (var path : List.of("/api/contacts/" + id, "/api/contacts/" + UUID.randomUUID())) {
            globex.get(path).then().statusCode(404).body("detail", is("There is no such contact."));
            globex.patch(path, Map.of("name", "Eve")).then().statusCode(404);
            globex.delete(path).then().statusCode(404);
        }
        globex.get("/api/contacts").then().statusCode(200).body("items", empty());
        globex.get("/api/contacts?q=Ada").then().body("items", empty());
        acme.get("/api/contacts/" + id).then().statusCode(200).body("name", is("Ada"));
    }

    @Test
    void an_outdated_version_changes_and_deletes_nothing() {
        String id = acme.post("/api/contacts", ADA).path("id");
        acme.patch("/api/contacts/" + id, Map.of("name", "Ada L"));
        for (var outdated : List.of("\"0\"", "W/\"1\"")) {
            acme.request()
                    .header("If-Match", outdated)
                    .contentType("application/merge-patch+json")
                    .body(Map.of("name", "Eve"))
                    .patch("/api/contacts/" + id)
                    .then()
                    .statusCode(412)
                    .body("type", endsWith("changed_meanwhile"));
            acme.request()
                    .header("If-Match", outdated)
                    .delete("/api/contacts/" + id)
                    .then()
                    .statusCode(412);
        }
        acme.request()
                .header("If-Match", "\"0\", \"1\"")
                .delete("/api/contacts/" + id)
                .then()
                .statusCode(204);
    }

    @Test
    void a_key_makes_a_creation_happen_once() {
        var key = UUID.randomUUID().toString();
        var first = acme.request().header("Idempotency-Key", key).body(ADA).post("/api/contacts");
        var again = acme.request().header("Idempotency-Key", key).body(ADA).post("/api/contacts");
        first.then().statusCode(201);
        again.then()
                .statusCode(201)
                .header("Location", first.header("Location"))
                .header("ETag", first.header("ETag"));
        assertEquals(first.jsonPath().getMap("$"), again.jsonPath().getMap("$"));

        acme.request()
                .header("Idempotency-Key", key)
                .body(Map.of("name", "Eve"))
                .post("/api/contacts")
                .then()
                .statusCode(422)
                .body("type", endsWith("idempotency_key_reused"));
        globex.request()
                .header("Idempotency-Key", key)
                .body(ADA)
                .post("/api/contacts")
                .then()
                .statusCode(201)
                .body("id", not(is((String) first.path("id"))));
    }

    @Test
    void a_refusal_is_not_kept_under_its_key() {
        var key = "contact-" + UUID.randomUUID();
        String taken = acme.post("/api/contacts", ADA).path("id");
        acme.request()
                .header("Idempotency-Key", key)
                .body(ADA)
                .post("/api/contacts")
                .then()
                .statusCode(409);
        acme.delete("/api/contacts/" + taken).then().statusCode(204);
        acme.request()
                .header("Idempotency-Key", key)
                .body(ADA)
                .post("/api/contacts")
                .then()
                .statusCode(201);
    }

    @Test
    void reading_writes_nothing() {
        String id = acme.post("/api/contacts", Map.of("name", "Ada", "serviceInterests", List.of("roofing")))
                .path("id");
        var before = tuple(id);
        for (int i = 0; i < 20; i++) {
            acme.get("/api/contacts/" + id).then().statusCode(200);
            // Loads the entity, and finds nothing to change.
            acme.patch("/api/contacts/" + id, Map.of()).then().statusCode(200).header("ETag", "\"0\"");
        }
        assertEquals(before, tuple(id));
    }

    @Test
    void each_of_several_invalid_fields_is_named() {
        acme.post("/api/contacts", Map.of("name", "x".repeat(201), "email", "nobody"))
                .then()
                .statusCode(422)
                .body("errors.field", contains("email", "name"));
        String id = acme.post("/api/contacts", ADA).path("id");
        acme.patch("/api/contacts/" + id, Map.of("email", "nobody"))
                .then()
                .statusCode(422)
                .body("errors.field", hasItem("email"));
    }

    /** Where the row's current version lies and which transaction wrote it: any UPDATE changes both. */
    private static List<String> tuple(String id) {
        return Sql.superuser().column("select ctid::text || ' ' || xmin::text from contacts where id = '" + id + "'");
    }
}
