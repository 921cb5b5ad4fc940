package io.switchboard.crm;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What comes of bodies that are not as they should be. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class BodiesTest {
    final Caller acme = Caller.agentOfNewOrg();

    @Test
    void an_unknown_field_is_named() {
        posted("{\"name\": \"Ada\", \"orgId\": \"x\"}", 400, "unknown_field").body("errors.field", contains("orgId"));
        patched("{\"orgId\": \"x\"}", 400, "unknown_field").body("errors.field", contains("orgId"));
    }

    @Test
    void a_value_of_the_wrong_kind_is_named() {
        for (var field : List.of(
                "\"name\": 1",
                "\"name\": {}",
                "\"leadScore\": \"tepid\"",
                "\"leadScore\": 0",
                "\"lastContactAt\": \"soon\"",
                "\"isBlocked\": 1",
                "\"isBlocked\": 0.5",
                "\"isBlocked\": \"true\"",
                "\"serviceInterests\": \"roofing\"")) {
            var name = field.substring(1, field.indexOf('"', 1));
            posted("{" + field + "}", 400, "malformed_field").body("errors.field", contains(name));
            patched("{" + field + "}", 400, "malformed_field").body("errors.field", contains(name));
        }
        posted("{\"serviceInterests\": [null]}", 422, "invalid").body("errors.field", contains("serviceInterests[0]"));
    }

    @Test
    void what_is_no_json_is_refused() {
        for (var body : List.of(
                "",
                "{",
                "{\"name\": }",
                "nonsense",
                "{} {}",
                "{\"name\": \"a\", \"name\": \"b\"}",
                "[]",
                "\"x\"",
                "null")) {
            acme.request().body(body).post("/api/contacts").then().statusCode(not(is(500)));
            patched(body, 400, "");
        }
        posted("{\"name\":", 400, "malformed_json");
        posted("{} {}", 400, "malformed_json");
    }

    @Test
    void text_that_cannot_be_stored_is_refused() {
        posted("{\"name\": \"A\\u0000da\"}", 400, "invalid_text");
        patched("{\"name\": \"A\\u0000da\"}", 400, "invalid_text");
    }

    @Test
    void half_a_character_is_replaced() {
        var half = "{\"name\": \"A\\ud800da\", \"serviceInterests\": [\"\\udc00\"], \"notes\": \"\\ud83d\\ude00\"}";
        String id = acme.post("/api/contacts", half)
                .then()
                .statusCode(201)
                .body("name", is("A\ufffdda"))
                .body("serviceInterests", contains("\ufffd"))
                .body("notes", is("\ud83d\ude00"))
                .extract()
                .path("id");
        acme.patch("/api/contacts/" + id, "{\"notes\": \"\\udfff\"}").then().body("notes", is("\ufffd"));
    }

    @Test
    void a_number_is_no_time() {
        for (var number : List.of("1790000000", "1790000000.5", "0", "[1790000000, 0]", "true")) {
            posted("{\"lastContactAt\": " + number + "}", 400, "malformed_field")
                    .body("errors.field", contains("lastContactAt"));
        }
        acme.post("/api/contacts", Map.of("lastContactAt", "2026-01-02T03:04:05+01:00"))
                .then()
                .statusCode(201)
                .body("lastContactAt", is("2026-01-02T02:04:05Z"));
    }

    @Test
    void a_time_has_a_year_of_four_digits_and_an_offset() {
        for (var odd : List.of(
                "+10000-01-01T00:00:00Z",
                "10000-01-01T00:00:00Z",
                "+294277-01-01T00:00:00Z",
                "+999999999-12-31T23:59:59Z",
                "-4800-01-01T00:00:00Z",
                "0000-12-31T23:59:59Z",
                "9999-12-31T23:59:59-01:00",
                "0001-01-01T00:00:00+01:00",
                "2026-02-30T00:00:00Z",
                "2026-06-01T12:00:00",
                "2026-06-01",
                "1790000000",
                "")) {
            posted("{\"lastContactAt\": \"" + odd + "\"}", 400, "malformed_field")
                    .body("errors.field", contains("lastContactAt"));
            patched("{\"lastContactAt\": \"" + odd + "\"}", 400, "malformed_field")
                    .body("errors.field", contains("lastContactAt"));
        }
        for (var spelled : List.of("2026-01-02T04:04:05+0100", "2026-01-02 03:04:05Z", "2026-01-02t03:04:05.000z")) {
            acme.post("/api/contacts", Map.of("lastContactAt", spelled)).then().statusCode(201);
        }
        for (var edge : List.of("0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z")) {
            acme.post("/api/contacts", Map.of("lastContactAt", edge)).then().body("lastContactAt", is(edge));
        }
    }

    @Test
    void a_number_out_of_all_bounds_is_refused_at_once() {
        for (var number : List.of("1e-30000000", "1e30000000", "1e999", "9".repeat(5_000), "NaN", "Infinity")) {
            posted("{\"name\": " + number + "}", 400, "");
            posted("{\"serviceInterests\": [" + number + "]}", 400, "");
            patched("{\"lastContactAt\": " + number + "}", 400, "");
        }
    }

    @Test
    void a_body_that_is_missing_is_what_is_missing() {
        var nothing = given().header("Authorization", "Bearer " + acme.token());
        refused(nothing.post("/api/contacts").then(), 400, "body_missing").body("errors", nullValue());
        refused(acme.request().post("/api/contacts").then(), 400, "body_missing");
        posted("null", 400, "body_missing");
        String id = acme.post("/api/contacts", Map.of()).path("id");
        refused(nothing.patch("/api/contacts/" + id).then(), 400, "body_missing");
    }

    @Test
    void what_is_too_deep_is_refused() {
        posted("{\"name\": " + "[".repeat(60) + "]".repeat(60) + "}", 400, "");
        patched("{\"notes\": " + "{\"a\":".repeat(60) + "1" + "}".repeat(60) + "}", 400, "");
    }

    @Test
    void what_is_too_large_is_refused() {
        posted("{\"notes\": \"" + "x".repeat(1_100_000) + "\"}", 413, "body_too_large");
    }

    @Test
    void another_media_type_is_refused() {
        acme.request()
                .contentType("text/plain")
                .body("Ada")
                .post("/api/contacts")
                .then()
                .statusCode(415)
                .contentType("application/problem+json")
                .body("type", endsWith("unsupported_media_type"));
    }

    @Test
    void a_path_that_leads_nowhere_says_so() {
        acme.get("/api/contacts/not-an-id").then().statusCode(404);
        acme.get("/api/elsewhere").then().statusCode(404).contentType("application/problem+json");
        acme.request().put("/api/contacts").then().statusCode(405);
    }

    @Test
    void a_problem_says_what_and_where_and_gives_nothing_away() {
        acme.request()
                .header("X-Request-Id", "mine-1")
                .body("{")
                .post("/api/contacts")
                .then()
                .header("X-Request-Id", "mine-1")
                .body("status", is(400))
                .body("title", notNullValue())
                .body("instance", is("/api/contacts"))
                .body("requestId", is("mine-1"))
                .body("detail", not(containsString("jackson")));
    }

    private ValidatableResponse posted(String body, int status, String type) {
        return refused(acme.request().body(body).post("/api/contacts").then(), status, type);
    }

    private ValidatableResponse patched(String body, int status, String type) {
        String id = acme.post("/api/contacts", Map.of()).path("id");
        return refused(acme.patch("/api/contacts/" + id, body).then(), status, type);
    }

    private static ValidatableResponse refused(ValidatableResponse answer, int status, String type) {
        return answer.statusCode(status).contentType("application/problem+json").body("type", endsWith(type));
    }
}
