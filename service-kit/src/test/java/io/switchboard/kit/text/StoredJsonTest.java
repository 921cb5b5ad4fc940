package io.switchboard.kit.text;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredJsonTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"theme\": \"dark\", \"sizes\": [1, 2.5, -3e4, true, false, null], \"nested\": {\"a\": {\"b\": []}}}",
                "{\"n\": 12345678901234567890}",
                "{\"n\": 1e-20}",
                "{\"n\": 0}",
                "{\"n\": 0.0}"
            })
    void what_people_keep_is_small(String json) throws Exception {
        assertTrue(small(json));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e308", "-1e308", "1e-308", "1e400", "1e41", "123456789012345678901234567890123456789012"})
    void a_number_counts_as_long_as_it_is_stored(String number) throws Exception {
        assertFalse(small("{\"n\": " + number + "}"));
        assertFalse(small("[[" + number + "]]"));
    }

    @Test
    void a_size_is_that_of_the_stored_text() throws Exception {
        assertTrue(small("{\"n\": [" + "1e39,".repeat(350) + "1]}"));
        assertFalse(small("{\"n\": [" + "1e39,".repeat(400) + "1]}"));
        assertTrue(small("{\"n\": \"" + "x".repeat(16_000) + "\"}"));
        assertFalse(small("{\"n\": \"" + "x".repeat(16_400) + "\"}"));
        assertFalse(small("{\"n\": \"" + "é".repeat(8_200) + "\"}"));
        assertFalse(small("{\"n\": \"" + "\\u0001".repeat(3_000) + "\"}"));
        assertFalse(small("{\"" + "x".repeat(16_400) + "\": 1}"));
        assertFalse(small("{\"n\": [" + "[],".repeat(5_000) + "[]]}"));
    }

    @Test
    void depth_has_an_end() throws Exception {
        assertTrue(small("[".repeat(16) + "]".repeat(16)));
        assertFalse(small("[".repeat(17) + "]".repeat(17)));
        assertFalse(small("{\"a\":".repeat(17) + "1" + "}".repeat(17)));
    }

    @Test
    void numbers_that_json_does_not_know_are_not_stored() {
        assertFalse(new StoredJson(100, 40, 16).holds(Map.of("n", Double.NaN)));
        assertFalse(new StoredJson(100, 40, 16).holds(Map.of("n", Float.NEGATIVE_INFINITY)));
    }

    private static boolean small(String json) throws JsonProcessingException {
        return new StoredJson(16 * 1024, 40, 16).holds(new ObjectMapper().readValue(json, Object.class));
    }
}
