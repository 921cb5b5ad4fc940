package io.switchboard.crm.contact;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PeerRequests;
import io.switchboard.kit.test.PostgresResource;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A contact has several numbers, one of them the main one, and is found by each. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ContactNumbersTest {
    static final String MOBILE = "+12125550144";
    static final String OFFICE = "+12125550155";
    static final String HOME = "+12125550166";
    final Caller acme = Caller.agentOfNewOrg();
    final Caller voice = Caller.service("voice-service", acme.orgId());

    @Test
    void a_contact_is_found_by_each_of_its_numbers() {
        var ada = contact(MOBILE);
        add(ada, OFFICE, "office").then().statusCode(201).body("label", is("office"), "main", is(false));
        add(ada, "sip:ada@acme.example", null).then().statusCode(201).body("label", nullValue());
        for (var query :
                List.of("phone=(212) 555-0155", "q=5550155", "q=212 555-0155", "q=ada@acme", "phone=212-555-0144")) {
            acme.get("/api/contacts?" + query).then().statusCode(200).body("items.id", contains(ada));
        }
        for (var number : List.of(MOBILE, OFFICE, "sip:ada@acme.example")) {
            byPhone(number, Map.of()).statusCode(200).body("id", is(ada), "phone", is(MOBILE), "phones", hasSize(3));
            fromCall(number, Map.of()).statusCode(200).body("id", is(ada), "phone", is(MOBILE), "phones", hasSize(3));
        }
        acme.get("/api/contacts").then().body("items", hasSize(1), "items[0].phones.phone", hasSize(3));
    }

    @Test
    void one_number_is_the_main_one() {
        var ada = contact(MOBILE);
        add(ada, OFFICE, "office");
        show(ada)
                .body("phones.phone", contains(MOBILE, OFFICE))
                .body("phones.main", contains(true, false))
                .body("phones.label", contains(nullValue(), is("office")));
        patch(ada, Map.of("phone", OFFICE))
                .body("phone", is(OFFICE))
                .body("phones.phone", contains(MOBILE, OFFICE))
                .body("phones.main", contains(false, true));
        patch(ada, Map.of("phone", HOME))
                .body("phones.phone", contains(MOBILE, HOME))
                .body("phones.main", contains(false, true));
        contact(OFFICE);
    }

    @Test
    void the_oldest_number_follows_a_deleted_main_one() {
        var ada = contact(MOBILE);
        add(ada, OFFICE, null);
        add(ada, HOME, null);
        remove(ada, "(212) 555-0144").statusCode(204);
        show(ada).body("phone", is(OFFICE)).body("phones.main", contains(true, false));
        remove(ada, MOBILE).statusCode(404).body("type", endsWith("contact_phone_not_found"));
        remove(ada, HOME).statusCode(204);
        remove(ada, OFFICE).statusCode(204);
        show(ada).body("phone", nullValue()).body("phones", empty());
        add(ada, HOME, "home").then().statusCode(201).body("main", is(true));
        show(ada).body("phone", is(HOME)).body("phones.label", contains("home"));
    }

    @Test
    void a_main_number_taken_away_leaves_the_others() {
        var ada = contact(MOBILE);
        add(ada, OFFICE, null);
        acme.request()
                .contentType("application/merge-patch+json")
                .body("{\"phone\": null}")
                .patch("/api/contacts/" + ada)
                .then()
                .statusCode(200)
                .body("phone", nullValue())
                .body("phones.phone", contains(OFFICE))
                .body("phones.main", contains(false));
    }

    @Test
    void a_number_is_of_one_contact() {
        var ada = contact(MOBILE);
        var bea = contact(HOME);
        add(ada, OFFICE, null);
        for (var taken : List.of(MOBILE, OFFICE)) {
            refused(add(bea, taken, null), "contact_phone_taken");
            refused(acme.post("/api/contacts", Map.of("phone", taken)), "contact_phone_taken");
            refused(acme.patch("/api/contacts/" + bea, Map.of("phone", taken)), "contact_phone_taken");
        }
        refused(add(ada, OFFICE, null), "contact_phone_taken");
        acme.delete("/api/contacts/" + ada).then().statusCode(204);
        add(bea, OFFICE, null).then().statusCode(201);
        var other = Caller.agentOfNewOrg();
        other.post("/api/contacts", Map.of("phone", HOME)).then().statusCode(201);
        other.post("/api/contacts/" + bea + "/phones", Map.of("phone", MOBILE))
                .then()
                .statusCode(404);
        other.delete("/api/contacts/" + bea + "/phones/" + HOME).then().statusCode(404);
    }

    @Test
    void what_is_no_number_is_not_added() {
        var ada = contact(MOBILE);
        for (var odd : List.of("anonymous", "12", "", " ")) {
            add(ada, odd, null).then().statusCode(422).body("errors.field", contains("phone"));
        }
        acme.post("/api/contacts/" + ada + "/phones", Map.of("phone", OFFICE, "label", " "))
                .then()
                .statusCode(422)
                .body("errors.field", contains("label"));
        show(ada).body("phones", hasSize(1));
    }

    @Test
    void numbers_added_at_once_are_at_most_twenty() throws Exception {
        var ada = contact(MOBILE);
        var answers = atOnce(30, i -> add(ada, "+121255502" + (10 + i), null).statusCode());
        assertEquals(19, answers.stream().filter(status -> status == 201).count(), answers::toString);
        assertEquals(11, answers.stream().filter(status -> status == 409).count(), answers::toString);
        refused(add(ada, OFFICE, null), "contact_phones_full");
        show(ada).body("phones", hasSize(20));
    }

    @Test
    void a_change_of_numbers_is_a_new_version() {
        var ada = contact(MOBILE);
        add(ada, OFFICE, null);
        var tag = acme.get("/api/contacts/" + ada).header("ETag");
        remove(ada, OFFICE).statusCode(204);
        show(ada).header("ETag", not(tag));
        acme.request()
                .header("If-Match", tag)
                .contentType("application/merge-patch+json")
                .body("{\"name\": \"Ada\"}")
                .patch("/api/contacts/" + ada)
                .then()
                .statusCode(412);
    }

    @Test
    void upserts_at_once_over_two_numbers_make_one_contact() throws Exception {
        for (int round = 0; round < 5; round++) {
            var first = "+1212555030" + round;
            var second = "+1212555031" + round;
            var known = round % 2 == 0
                    ? contact(first)
                    : byPhone(first, Map.of()).extract().<String>path("id");
            add(known, second, null).then().statusCode(201);
            var ids = atOnce(60, i -> upserted(i, i % 2 == 0 ? first : second));
            assertEquals(1, ids.stream().distinct().count(), ids::toString);
            assertEquals(known, ids.get(0));
        }
        acme.get("/api/contacts").then().body("items", hasSize(5));
    }

    @Test
    void upserts_of_a_new_number_at_once_make_one_contact() throws Exception {
        var ids = atOnce(60, i -> upserted(i, MOBILE));
        assertEquals(1, ids.stream().distinct().count(), ids::toString);
        show(ids.get(0)).body("phones.phone", contains(MOBILE));
    }

    /** A contact that goes away meanwhile is made anew, or was there before: never an error, and never two. */
    @Test
    void upserts_outlive_deletes_of_the_contact() throws Exception {
        for (int round = 0; round < 10; round++) {
            var ada = byPhone(MOBILE, Map.of()).extract().<String>path("id");
            atOnce(
                    8,
                    i -> i == 4
                            ? String.valueOf(acme.delete("/api/contacts/" + ada).statusCode())
                            : upserted(i, MOBILE));
            acme.get("/api/contacts?phone=212-555-0144").then().statusCode(200);
            byPhone(MOBILE, Map.of()).body("phones.phone", contains(MOBILE)).body("phones.main", contains(true));
        }
        acme.get("/api/contacts").then().body("items", hasSize(1));
    }

    @Test
    void a_blocked_contact_is_told_to_calls() {
        var ada = contact(MOBILE);
        contact(HOME);
        fromCall(MOBILE, Map.of()).body("isBlocked", is(false));
        patch(ada, Map.of("isBlocked", true)).body("isBlocked", is(true));
        fromCall(MOBILE, Map.of("name", "ADA")).body("isBlocked", is(true));
        acme.get("/api/contacts?isBlocked=true").then().body("items.id", contains(ada));
        acme.get("/api/contacts?isBlocked=false").then().body("items.phone", contains(HOME));
        acme.get("/api/contacts?isBlocked=maybe").then().statusCode(400).body("errors.field", contains("isBlocked"));
        byPhone(MOBILE, Map.of("isBlocked", false)).body("isBlocked", is(false));
    }

    @Test
    void metadata_is_the_organization_s_own() {
        String id = acme.post("/api/contacts", Map.of("metadata", Map.of("crmId", 7, "tags", List.of("a"))))
                .then()
                .statusCode(201)
                .body("metadata.crmId", is(7))
                .extract()
                .path("id");
        patch(id, Map.of("metadata", Map.of("vip", true)))
                .body("metadata.vip", is(true))
                .body("metadata.tags", contains("a"));
        patch(id, Map.of("name", "Ada")).body("metadata.crmId", is(7));
        byPhone(HOME, Map.of("metadata", Map.of("a", 1))).statusCode(201).body("metadata.a", is(1));
        byPhone(HOME, Map.of()).body("metadata.a", is(1));
        var large = Map.of("metadata", Map.of("a", "x".repeat(8200)));
        for (var answer : List.of(
                acme.post("/api/contacts", large),
                acme.patch("/api/contacts/" + id, large),
                acme.put("/api/contacts/by-phone/{phone}", large, HOME))) {
            answer.then().statusCode(422).body("errors.field", contains("metadata"));
        }
        acme.post("/api/contacts", Map.of("metadata", List.of(1))).then().statusCode(400);
    }

    @Test
    void a_new_organization_s_region_is_asked_for() {
        var settings = new JsonObject()
                .put("timeZone", "Europe/Berlin")
                .put("defaultRegion", "DE")
                .put("businessHours", new JsonObject())
                .put("isActive", true)
                .put("version", 1);
        PeerRequests.answer("/internal/organization", 200, settings.encode());
        try {
            fromCall("030 123456", Map.of()).statusCode(201).body("phone", is("+4930123456"));
        } finally {
            PeerRequests.answer("/internal/organization", 503);
        }
        var globex = Caller.service("voice-service", Caller.agentOfNewOrg().orgId());
        globex.put("/internal/contacts/by-phone/{phone}", Map.of(), "(212) 555-0144")
                .then()
                .statusCode(201)
                .body("phone", is(MOBILE));
    }

    private String upserted(int i, String phone) {
        var answer = i % 3 == 0
                ? acme.put("/api/contacts/by-phone/{phone}", Map.of("notes", "n" + i), phone)
                : voice.put(
                        "/internal/contacts/by-phone/{phone}", Map.of("lastContactAt", "2026-11-02T10:00:00Z"), phone);
        // On a busy machine the pool's queue may be full.
        return answer.statusCode() == 503 || answer.statusCode() == 429 ? upserted(i, phone) : answer.path("id");
    }

    private String contact(String phone) {
        return acme.post("/api/contacts", Map.of("phone", phone))
                .then()
                .statusCode(201)
                .body("phones.phone", contains(phone))
                .extract()
                .path("id");
    }

    private Response add(String id, String phone, String label) {
        var form = label == null ? Map.of("phone", phone) : Map.of("phone", phone, "label", label);
        return acme.post("/api/contacts/" + id + "/phones", form);
    }

    private ValidatableResponse remove(String id, String phone) {
        return acme.request()
                .delete("/api/contacts/{id}/phones/{phone}", id, phone)
                .then();
    }

    private ValidatableResponse show(String id) {
        return acme.get("/api/contacts/" + id).then().statusCode(200);
    }

    private ValidatableResponse patch(String id, Object form) {
        return acme.patch("/api/contacts/" + id, form).then().statusCode(200);
    }

    private ValidatableResponse byPhone(String phone, Object form) {
        return acme.put("/api/contacts/by-phone/{phone}", form, phone).then();
    }

    private ValidatableResponse fromCall(String phone, Object form) {
        return voice.put("/internal/contacts/by-phone/{phone}", form, phone).then();
    }

    private static void refused(Response answer, String type) {
        answer.then().statusCode(409).body("type", endsWith(type));
    }

    private static <T> List<T> atOnce(int times, IntFunction<T> call) throws InterruptedException, ExecutionException {
        var threads = Executors.newFixedThreadPool(20);
        try {
            List<Callable<T>> calls = IntStream.range(0, times)
                    .<Callable<T>>mapToObj(i -> () -> call.apply(i))
                    .toList();
            var done = new ArrayList<T>();
            for (var result : threads.invokeAll(calls)) {
                done.add(result.get());
            }
            return done;
        } finally {
            threads.shutdownNow();
        }
    }
}
