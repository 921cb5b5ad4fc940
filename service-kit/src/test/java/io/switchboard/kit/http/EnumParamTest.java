package io.switchboard.kit.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.switchboard.kit.problem.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;

class EnumParamTest {
    enum Colour {
        RED,
        DARK_RED
    }

    @Test
    void a_word_is_one_of_the_lower_case_names() {
        assertEquals(Colour.DARK_RED, EnumParam.of(Colour.class, "colour", "dark_red"));
        assertNull(EnumParam.of(Colour.class, "colour", null));
        assertNull(EnumParam.of(Colour.class, "colour", ""));
    }

    @Test
    void words_of_the_database_are_read_back() {
        for (var colour : Colour.values()) {
            assertEquals(colour, EnumParam.fromWire(Colour.class, EnumParam.wire(colour)));
        }
        assertNull(EnumParam.fromWire(Colour.class, null));
        assertThrows(IllegalArgumentException.class, () -> EnumParam.fromWire(Colour.class, "blue"));
    }

    @Test
    void any_other_is_refused_naming_those_there_are() {
        for (var other : List.of("RED", "blue", " red")) {
            var refusal = assertThrows(Problem.class, () -> EnumParam.of(Colour.class, "colour", other));
            assertEquals(400, refusal.status());
            assertEquals("colour is one of: red, dark_red.", refusal.getMessage());
        }
    }
}
