package io.switchboard.kit.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LenientJsonTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e-30000000",
                "1e30000000",
                "1e-2147483649",
                "1E+1000",
                "-7e-999999999999999999999",
                "NaN",
                "Infinity",
                "-Infinity",
                "-INF"
            })
    void a_number_out_of_bounds_is_absent_and_the_rest_is_read(String number) throws IOException {
        var tree = tree("{\"cost\": " + number + ", \"list\": [" + number + ", 1], \"id\": \"x\"}");
        assertTrue(tree.get("cost").isNull());
        assertTrue(tree.at("/list/0").isNull());
        assertEquals("x", tree.get("id").asText());
    }

    @Test
    void so_is_one_of_a_million_digits() throws IOException {
        for (var number :
                new String[] {"9".repeat(1_000_000), "0." + "9".repeat(1_000_000), "1e" + "9".repeat(1_000_000)}) {
            assertTrue(tree("{\"cost\": " + number + ", \"id\": 1}").get("cost").isNull());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-12", "0.0444", "1780315200000.5", "1e-999", "1.5E+12", "1e0000000000012"})
    void a_modest_number_is_exact(String number) throws IOException {
        assertEquals(
                new BigDecimal(number), tree("{\"n\":" + number + "}").get("n").decimalValue());
    }

    @Test
    void what_follows_the_first_value_is_left() throws IOException {
        assertEquals(tree("{\"a\":[true,false,null,\"b\"]}"), tree("{\"a\":[true,false,null,\"b\"]} and so on"));
        assertTrue(tree("").isMissingNode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[1", "{\"a\"}", "nonsense", "{\"a\":1e}"})
    void malformed_json_fails(String text) {
        assertThrows(IOException.class, () -> tree(text));
    }

    @Test
    void json_that_is_too_deep_fails() {
        assertThrows(IOException.class, () -> tree("[".repeat(51) + "]".repeat(51)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "0", "\"\"", "null", "{\"a\":1}", "[[]]"})
    void more_than_250000_values_fail(String value) throws IOException {
        assertEquals(
                100_001, tree("[" + (value + ",").repeat(100_000) + value + "]").size());
        var more = "[" + (value + ",").repeat(250_000) + value + "]";
        assertThrows(StreamConstraintsException.class, () -> tree(more));
    }

    private static JsonNode tree(String text) throws IOException {
        return LenientJson.tree(text.getBytes(StandardCharsets.UTF_8));
    }
}
