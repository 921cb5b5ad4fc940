package io.switchboard.crm.contact;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ContactByPhoneTest {
    static final String NUMBER = "+15555550142";
    final Caller acme = Caller.agentOfNewOrg();
    final Caller voice = Caller.service("voice-service", acme.orgId());

    @Test
    void a_number_not_known_yet_becomes_a_contact() {
        var created = put(acme, NUMBER, Map.of("name", "Ada"));
        String id = created.path("id");
        created.then()
                .statusCode(201)
                .header("Location", "/api/contacts/" + id)
                .header("ETag", "\"0\"")
                .body("phone", is(NUMBER))
                .body("leadStatus", is("new"))
                .body("serviceInterests", empty());
        acme.get("/api/contacts/" + id).then().statusCode(200).body("name", is("Ada"));
    }

    @Test
    void a_known_number_s_contact_keeps_what_is_not_sent() {
        String id = put(acme, NUMBER, Map.of("name", "Ada", "serviceInterests", List.of("roofing")))
                .path("id");
        put(acme, "+1 (555) 555-0142", Map.of("email", "ada@example.com", "leadStatus", "contacted"))
                .then()
                .statusCode(200)
                .header("Location", nullValue())
                .header("ETag", "\"1\"")
                .body("id", is(id))
                .body("name", is("Ada"))
                .body("email", is("ada@example.com"))
                .body("leadStatus", is("contacted"))
                .body("serviceInterests", contains("roofing"));
    }

    @Test
    void the_same_again_is_no_new_version() {
        var first = put(acme, NUMBER, Map.of("name", "Ada"));
        put(acme, NUMBER, Map.of("name", "Ada"))
                .then()
                .statusCode(200)
                .header("ETag", "\"0\"")
                .body("updatedAt", is((String) first.path("updatedAt")));
    }

    @Test
    void fifty_at_once_make_one_contact() throws Exception {
        var answers = atOnce(50, i -> put(acme, NUMBER, Map.of("name", "Ada " + i)));
        assertEquals(
                1, answers.stream().filter(answer -> answer.statusCode() == 201).count());
        assertEquals(
                49,
                answers.stream().filter(answer -> answer.statusCode() == 200).count());
        acme.get("/api/contacts").then().body("items", hasSize(1));
    }

    @Test
    void what_is_illegal_for_a_lead_is_so_here() {
        put(acme, NUMBER, Map.of());
        put(acme, NUMBER, Map.of("leadStatus", "converted"))
                .then()
                .statusCode(409)
                .body("type", endsWith("lead_status_illegal"));
        put(acme, NUMBER, Map.of("phone", NUMBER)).then().statusCode(400).body("errors.field", contains("phone"));
        put(acme, "x".repeat(256), Map.of()).then().statusCode(422).body("errors.field", contains("phone"));
        put(acme, " ", Map.of()).then().statusCode(422).body("errors.field", contains("phone"));
    }

    @Test
    void any_caller_has_a_contact_however_odd_the_number() {
        for (var odd : List.of("anonymous", "sip:ann/1@trunk.example.com", "client:agent 5", "%", "+")) {
            put(acme, odd, Map.of()).then().statusCode(201).body("phone", is(odd));
            put(acme, odd, Map.of()).then().statusCode(200).body("phone", is(odd));
        }
        put(acme, "a\u0000b", Map.of()).then().statusCode(400);
    }

    @Test
    void a_call_adds_the_contact_and_takes_nothing_away() {
        String id = upsert(NUMBER, Map.of("lastContactAt", "2026-11-01T10:00:00Z"))
                .then()
                .statusCode(201)
                .header("Location", notNullValue())
                .extract()
                .path("id");
        upsert(NUMBER, Map.of("name", "ADA CALLER ID")).then().statusCode(200).body("name", is("ADA CALLER ID"));
        acme.patch("/api/contacts/" + id, Map.of("name", "Ada", "email", "ada@example.com", "leadScore", "cold"));
        upsert(NUMBER, Map.of("name", "ADA CALLER ID"))
                .then()
                .body("id", is(id))
                .body("name", is("Ada"))
                .body("email", is("ada@example.com"))
                .body("leadScore", is("cold"))
                .body("lastContactAt", is("2026-11-01T10:00:00Z"));
    }

    @Test
    void the_time_of_the_last_contact_only_moves_forward() {
        upsert(NUMBER, Map.of("lastContactAt", "2026-11-02T10:00:00Z"));
        upsert(NUMBER, Map.of("lastContactAt", "2026-11-01T10:00:00Z"))
                .then()
                .body("lastContactAt", is("2026-11-02T10:00:00Z"));
        upsert(NUMBER, Map.of("lastContactAt", "2026-11-03T10:00:00Z"))
                .then()
                .body("lastContactAt", is("2026-11-03T10:00:00Z"));
    }

    @Test
    void a_hundred_redeliveries_change_nothing() throws Exception {
        var told = Map.of("name", "Ada", "lastContactAt", "2026-11-02T10:00:00Z", "leadScore", "warm");
        String id = upsert(NUMBER, told).path("id");
        var before = acme.get("/api/contacts/" + id);
        for (var answer : atOnce(100, i -> upsert(NUMBER, told))) {
            assertEquals(200, answer.statusCode());
        }
        var after = acme.get("/api/contacts/" + id);
        assertEquals(before.jsonPath().getMap("$"), after.jsonPath().getMap("$"));
        after.then().header("ETag", before.header("ETag"));
    }

    @Test
    void another_organization_s_calls_are_of_its_own_contacts() {
        String id = upsert(NUMBER, Map.of()).path("id");
        var globex = Caller.service("voice-service", Caller.agentOfNewOrg().orgId());
        put(globex, "/internal/contacts/by-phone/{phone}", NUMBER, Map.of("name", "Eve"))
                .then()
                .statusCode(201);
        acme.get("/api/contacts/" + id).then().body("name", nullValue());
    }

    private Response upsert(String phone, Object form) {
        return put(voice, "/internal/contacts/by-phone/{phone}", phone, form);
    }

    private static Response put(Caller caller, String phone, Object form) {
        return put(caller, "/api/contacts/by-phone/{phone}", phone, form);
    }

    private static Response put(Caller caller, String path, String phone, Object form) {
        return caller.put(path, form, phone);
    }

    /** As any caller does who is told to come again: on a busy machine the pool's queue may be full. */
    private static Response patiently(Supplier<Response> call) {
        var answer = call.get();
        for (int i = 0; i < 20 && answer.statusCode() == 503; i++) {
            answer = call.get();
        }
        return answer;
    }

    private static List<Response> atOnce(int times, IntFunction<Response> call)
            throws InterruptedException, ExecutionException {
        var threads = Executors.newFixedThreadPool(25);
        try {
            List<Future<Response>> answers = IntStream.range(0, times)
                    .mapToObj(i -> threads.submit(() -> patiently(() -> call.apply(i))))
                    .toList();
            var done = new ArrayList<Response>();
            for (var answer : answers) {
                done.add(answer.get());
            }
            return done;
        } finally {
            threads.shutdownNow();
        }
    }
}
