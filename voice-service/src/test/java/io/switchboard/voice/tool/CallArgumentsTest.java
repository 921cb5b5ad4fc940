package io.switchboard.voice.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.switchboard.voice.agent.AgentTool;
import io.switchboard.voice.provider.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallArgumentsTest {
    private static final String BOOKING =
            "{'phone': '+14155552671', 'serviceType': 'Cleaning', 'scheduledAt': '2026-12-01T15:30', 'durationMinutes': 30}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'phone': '(415) 555-2671', 'serviceType': 'cleaning', 'scheduled_at': '2026-12-01 3:30 PM', 'durationMinutes': '30 min'}",
                "{'durationMinutes': 30.0, 'serviceType': ' Cleaning ', 'scheduledAt': ['2026-12-01T15:30'], 'phone': '+1 415 555 2671', 'notes': 'in a hurry'}"
            })
    void spellings_of_one_booking_mean_the_same(String other) {
        assertEquals(meaning(BOOKING), meaning(other));
        assertEquals(time(BOOKING), time(other));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'phone': '+14155552672', 'serviceType': 'Cleaning', 'durationMinutes': 30}",
                "{'phone': '+14155552671', 'serviceType': 'Filling', 'durationMinutes': 30}",
                "{'phone': '+14155552671', 'serviceType': 'Cleaning', 'durationMinutes': 60}",
                "{}"
            })
    void another_booking_means_something_else(String other) {
        assertNotEquals(meaning(BOOKING), meaning(other));
    }

    @Test
    void what_only_asks_may_be_asked_again() {
        assertNull(read(BOOKING).meaning(AgentTool.CHECK_AVAILABILITY, "US"));
        assertNull(read(BOOKING).meaning(AgentTool.UPSERT_CONTACT, "US"));
    }

    @Test
    void text_that_is_an_object_is_read() {
        assertEquals("{\"a\":1}", CallArguments.read(new TextNode("{\"a\": 1}")).json());
        assertEquals("{}", CallArguments.read(new TextNode(" ")).json());
        assertNull(CallArguments.read(new TextNode("book it")));
        assertNull(CallArguments.read(new TextNode("[1]")));
        assertNull(CallArguments.read(tree("{'a': '" + "x".repeat(20_000) + "'}")));
    }

    @Test
    void values_are_made_fit_for_the_database() {
        assertEquals(
                "{\"a\uFFFD\":\"b\uFFFD\"}", read("{'a\\u0000': 'b\\ud800'}").json());
        assertEquals("{\"a\":\"1E+300\"}", read("{'a': 1e300}").json());
    }

    private static String meaning(String json) {
        return read(json).meaning(AgentTool.BOOK_APPOINTMENT, "US");
    }

    private static String time(String json) {
        return read(json).time(AgentTool.BOOK_APPOINTMENT);
    }

    private static CallArguments read(String json) {
        return CallArguments.read(tree(json));
    }

    private static JsonNode tree(String json) {
        return Json.tree(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
