package io.switchboard.crm.contactmerge;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.switchboard.crm.Colleagues;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PeerRequests;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ContactMergeTest {
    final Caller acme = Caller.agentOfNewOrg();
    final Caller globex = Caller.agentOfNewOrg();

    @Test
    void the_survivor_keeps_its_values_and_gets_what_it_lacks() {
        var survivor = create(Map.of(
                "name", "Ada",
                "notes", "Likes tea.",
                "leadScore", "cold",
                "leadStatus", "contacted",
                "serviceInterests", List.of("roofs"),
                "lastContactAt", "2026-01-02T03:04:05Z",
                "metadata", Map.of("size", 7)));
        var duplicate = create(Map.of(
                "name", "A. Lovelace",
                "phone", "+4930123456",
                "email", "ada@example.com",
                "notes", "Likes maths.",
                "leadScore", "warm",
                "leadStatus", "qualified",
                "serviceInterests", List.of("roofs", "windows"),
                "lastContactAt", "2026-02-02T03:04:05Z",
                "isBlocked", true,
                "metadata", Map.of("size", 8, "colour", "red")));

        merge(survivor, duplicate)
                .then()
                .statusCode(200)
                .body("id", is(survivor))
                .body("name", is("Ada"))
                .body("phone", is("+4930123456"))
                .body("phones", contains(is(phone("+4930123456", true))))
                .body("email", is("ada@example.com"))
                .body("notes", is("Likes tea.\n\nLikes maths."))
                .body("leadScore", is("warm"))
                .body("leadStatus", is("contacted"))
                .body("serviceInterests", contains("roofs", "windows"))
                .body("lastContactAt", is("2026-02-02T03:04:05Z"))
                .body("isBlocked", is(true))
                .body("metadata", is(Map.of("size", 7, "colour", "red")));
        acme.get("/api/contacts/" + duplicate).then().statusCode(404);
        acme.get("/api/contacts?phone={phone}", "+4930123456").then().body("items.id", contains(survivor));
    }

    @Test
    void a_survivor_with_a_number_has_both_afterwards() {
        var survivor = create(Map.of("phone", "+4930123456", "name", "Ada"));
        var duplicate = create(Map.of("phone", "+4930654321"));
        merge(survivor, duplicate)
                .then()
                .body("phone", is("+4930123456"))
                .body("phones", containsInAnyOrder(is(phone("+4930123456", true)), is(phone("+4930654321", false))))
                .body("email", nullValue());
        var found = Caller.service("voice-service", acme.orgId())
                .put("/internal/contacts/by-phone/+4930654321", Map.of("leadScore", "cold"));
        found.then().statusCode(200).body("id", is(survivor));
    }

    @Test
    void what_does_not_fit_gives_way_but_long_notes_become_an_entry() {
        var survivor = create(Map.of("notes", "a".repeat(12_000), "metadata", Map.of("a", "x".repeat(4_000))));
        var much = Map.of("b", "small", "c", "y".repeat(2_000), "d", "z".repeat(5_000));
        var duplicate = create(Map.of("notes", "b".repeat(12_000), "metadata", much));

        merge(survivor, duplicate)
                .then()
                .statusCode(200)
                .body("notes", is("a".repeat(12_000)))
                .body("metadata.keySet()", is(Set.of("a", "b", "c")));
        assertEquals(
                "b".repeat(12_000),
                Sql.superuser().value("select content from contact_notes where contact_id = '" + survivor + "'"));
        acme.patch("/api/contacts/" + survivor, Map.of("name", "Ada")).then().statusCode(200);
    }

    @Test
    void notifications_and_notes_go_to_the_survivor() {
        var admin = Colleagues.joined("admin", acme.orgId());
        var survivor = create(Map.of("name", "Ada"));
        var duplicate = create(Map.of("name", "Ada L", "leadScore", "hot"));
        Sql.superuser()
                .run("insert into contact_notes (org_id, contact_id, content) values ('" + acme.orgId() + "', '"
                        + duplicate + "', 'Called back')");

        merge(survivor, duplicate).then().body("leadScore", is("hot"));

        admin.get("/api/notifications")
                .then()
                .body("items.relatedId", contains(survivor))
                .body("items.actionUrl", contains("/api/contacts/" + survivor));
        assertEquals(
                List.of("Called back"),
                Sql.superuser().column("select content from contact_notes where contact_id = '" + survivor + "'"));
    }

    @Test
    void appointments_go_to_the_survivor_as_they_are() {
        var jo = Colleagues.joined("agent", acme.orgId());
        var survivor = create(Map.of("name", "Ada"));
        var duplicate = create(Map.of("name", "Ada L"));
        var app = Sql.app(acme.orgId(), acme.id(), "agent");
        app.run(
                "insert into appointments (org_id, contact_id, service_type, scheduled_at, duration_minutes, assignee_id) values ('"
                        + acme.orgId() + "', '" + duplicate + "', 'Survey', '2030-06-01 10:00Z', 30, '" + jo.id()
                        + "')",
                "insert into appointments (org_id, contact_id, service_type, scheduled_at, duration_minutes, deleted_at) values ('"
                        + acme.orgId() + "', '" + duplicate + "', 'Roof', '2030-06-01 10:00Z', 30, now())");

        merge(survivor, duplicate).then().statusCode(200);

        assertEquals(
                List.of("Roof 0 t", "Survey 0 f"),
                Sql.superuser()
                        .column("select service_type || ' ' || sequence || ' ' || (deleted_at is not null)::text::char"
                                + " from appointments where contact_id = '" + survivor + "' order by 1"));
    }

    @Test
    void voice_service_moves_the_calls() {
        var survivor = create(Map.of("name", "Ada"));
        var duplicate = create(Map.of("name", "Ada L"));
        merge(survivor, duplicate);
        var call = PeerRequests.await(1, "/internal/contacts/" + survivor + "/merge", any -> true)
                .get(0);
        assertEquals(new JsonObject().put("duplicateId", duplicate), new JsonObject(call.getString("body")));
    }

    @Test
    void after_two_merges_in_a_row_both_duplicates_are_known() {
        var first = create(Map.of("name", "Ada"));
        var second = create(Map.of("name", "Ada L"));
        var third = create(Map.of("name", "Ada Lovelace"));
        merge(second, first).then().statusCode(200);
        merge(third, second).then().statusCode(200);
        merge(third, first).then().statusCode(409).body("type", endsWith("contact_merged"));
        assertEquals(
                List.of(third),
                Sql.superuser().column("select contact_id from contact_merges where duplicate_id = '" + first + "'"));
    }

    @Test
    void a_merge_that_cannot_be_is_refused() {
        var survivor = create(Map.of("name", "Ada"));
        var duplicate = create(Map.of("name", "Ada L"));
        var foreign = globex.post("/api/contacts", Map.of("name", "Bob")).<String>path("id");
        var nobody = UUID.randomUUID().toString();

        merge(nobody, survivor).then().statusCode(404);
        merge(foreign, survivor).then().statusCode(404);
        merge(survivor, nobody).then().statusCode(422).body("errors.field", contains("duplicateId"));
        merge(survivor, foreign).then().statusCode(422).body("errors.field", contains("duplicateId"));
        merge(survivor, survivor).then().statusCode(409).body("type", endsWith("same_contact"));
        merge(survivor, duplicate).then().statusCode(200);
        merge(survivor, duplicate).then().statusCode(409).body("type", endsWith("contact_merged"));
        merge(duplicate, survivor).then().statusCode(404);
    }

    @Test
    void merges_that_cross_each_other_leave_one_contact() {
        for (int round = 0; round < 10; round++) {
            var numbers = List.of("+49301111" + round + "1", "+49301111" + round + "2", "+49301111" + round + "3");
            var ids = numbers.stream()
                    .map(number -> create(Map.of("phone", number)))
                    .toList();
            var answers = new ArrayList<CompletableFuture<Integer>>();
            for (var one : ids) {
                for (var other : ids) {
                    if (!one.equals(other)) {
                        answers.add(CompletableFuture.supplyAsync(
                                () -> merge(one, other).statusCode()));
                    }
                }
            }
            for (var number : numbers) {
                answers.add(CompletableFuture.supplyAsync(
                        () -> acme.put("/api/contacts/by-phone/" + number, Map.of("name", "Ada"))
                                .statusCode()));
            }
            var statuses = answers.stream().map(CompletableFuture::join).toList();
            assertTrue(Set.of(200, 404, 409).containsAll(statuses), statuses::toString);
            assertEquals(
                    1,
                    Sql.superuser()
                            .number("select count(distinct contact_id) from contact_phones where org_id = '"
                                    + acme.orgId() + "' and phone like '+49301111" + round + "%'"));
        }
    }

    private String create(Map<String, ?> contact) {
        return acme.post("/api/contacts", contact)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private Response merge(String survivor, String duplicate) {
        return acme.post("/api/contacts/" + survivor + "/merge", Map.of("duplicateId", duplicate));
    }

    private static Map<String, Object> phone(String phone, boolean main) {
        var view = new HashMap<String, Object>();
        view.put("phone", phone);
        view.put("label", null);
        view.put("main", main);
        return view;
    }
}
