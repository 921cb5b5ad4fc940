package io.switchboard.crm.tool;

import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.kit.test.PostgresResource;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a language model gives as arguments, there is something to say to it. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ToolArgumentsTest extends ToolCase {
    private static final List<Object> ODD = Arrays.asList(
            null,
            "",
            5,
            30.5,
            1e300,
            List.of(),
            List.of("a", "b"),
            Map.of("value", "2030-01-01T10:00"),
            "x".repeat(10_000),
            "a\u0000b\nc",
            "\ud83d",
            "2026-13-45T99:99",
            "9999-12-31",
            "2026-12-01T25:00",
            "December 32, 2026 at 3:30 PM",
            "tomorrow at three",
            "infinity",
            "'; drop table appointments; --",
            UUID.randomUUID().toString());

    @Test
    void every_odd_argument_is_answered_with_a_line() {
        var arguments = Map.of(
                "lookup_contact", List.of("phone", "callId"),
                "upsert_contact", List.of("phone", "name", "email", "notes", "leadScore"),
                "check_availability", List.of("from", "to", "durationMinutes"),
                "book_appointment",
                        List.of("phone", "name", "serviceType", "scheduledAt", "durationMinutes", "notes", "callId"),
                "reschedule_appointment", List.of("appointmentId", "scheduledAt", "durationMinutes"),
                "cancel_appointment", List.of("appointmentId", "reason"));
        var id = booked("+15555550149", "16:00");
        arguments.forEach((tool, names) -> names.forEach(name -> ODD.forEach(value -> {
            var given = new HashMap<String, Object>(booking(PHONE, "10:00"));
            given.put("appointmentId", id);
            given.put(name, value);
            var answer = use(tool, new JsonObject(given).encode());
            var what = tool + " with " + name + " = " + value + ": " + answer.statusCode() + " " + answer.asString();
            assertEquals(200, answer.statusCode(), what);
            var body = new JsonObject(answer.asString());
            assertTrue(body.containsKey("result") != body.containsKey("error"), what);
            var line = body.getString(body.containsKey("result") ? "result" : "error");
            assertFalse(line.isBlank() || line.contains("\n"), what);
        })));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "\"x\"", "7", "null", "[{\"phone\": \"+15555550142\"}]"})
    void other_json_than_an_object_is_answered_with_a_line(String body) {
        error("book_appointment", body);
    }

    @Test
    void deep_and_repeated_arguments_are_answered_with_a_line() {
        error("book_appointment", "{\"phone\": " + "[".repeat(60) + "]".repeat(60) + "}");
        error("book_appointment", "{\"phone\": \"1\", \"phone\": \"2\"}");
        error(
                "cancel_appointment",
                new JsonObject().put("ids", new JsonArray(List.of(1, 2))).encode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"phone\": }", "phone=1", "", "{\"phone\": \"1\""})
    void broken_json_is_refused(String body) {
        voice.request()
                .body(body)
                .post("/internal/tools/book_appointment")
                .then()
                .statusCode(400);
    }

    @Test
    void an_unknown_tool_is_not_found() {
        for (var tool : List.of("delete_contact", "open_tickets", "Book_appointment")) {
            use(tool, Map.of()).then().statusCode(404).body("type", endsWith("tool_not_found"));
        }
    }

    @ParameterizedTest
    @CsvSource({"30, 30", "'\"30\"', 30", "'\"30 minutes\"', 30", "'\"1 hour\"', 60", "'[45]', 45", "'null', 30"})
    void lengths_are_read_in_many_forms(String given, int minutes) {
        var body = new JsonObject(booking(PHONE, "10:00")).encode();
        var changed = body.replaceFirst("\"durationMinutes\":30", "\"duration_minutes\":" + given);
        use("book_appointment", changed)
                .then()
                .body("data.durationMinutes", is(minutes))
                .body("result", notNullValue());
    }

    @Test
    void what_is_missing_is_asked_for() {
        var missing = Map.of(
                "phone", "I need a phone number",
                "serviceType", "I need to know what the appointment is for",
                "scheduledAt", "I need the day and the time");
        missing.forEach((name, line) -> {
            var given = booking(PHONE, "10:00");
            given.remove(name);
            error("book_appointment", given).body("error", startsWith(line));
        });
        var dayOnly = booking(PHONE, "10:00");
        dayOnly.put("scheduledAt", day.toString());
        error("book_appointment", dayOnly).body("error", startsWith("I need the time of day"));
    }
}
