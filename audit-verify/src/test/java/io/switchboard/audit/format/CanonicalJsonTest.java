package io.switchboard.audit.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.erdtman.jcs.JsonCanonicalizer;
import org.junit.jupiter.api.Test;

class CanonicalJsonTest {
    private static final int STRINGS = 10_000;
    private static final int[] LIMITS = {0x20, 0x80, 0x100, 0x3000, 0x11_0000};

    @Test
    void strings_are_written_as_another_implementation_of_jcs_does() throws IOException {
        var random = new Random(7);
        for (int i = 0; i < STRINGS; i++) {
            var text = text(random);
            var ours = new CanonicalJson().text("a", text).number("n", i).bytes();
            var theirs = new JsonCanonicalizer("{\"n\":" + i + ",\"a\":" + escaped(text) + "}").getEncodedUTF8();
            assertArrayEquals(theirs, ours, text);
        }
    }

    @Test
    void control_characters_are_escaped_in_lower_case() {
        var bytes = new CanonicalJson().text("a", "\u001f\u007f\b\"\\/é").bytes();
        assertEquals("{\"a\":\"\\u001f\u007f\\b\\\"\\\\/é\"}", new String(bytes, StandardCharsets.UTF_8));
    }

    @Test
    void half_a_character_is_refused() {
        for (var half : new String[] {"\ud83d", "a\ude00b", "\ud83da"}) {
            assertThrows(IllegalArgumentException.class, () -> new CanonicalJson().text("a", half));
        }
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        for (int length = random.nextInt(40); length > 0; length--) {
            int character = random.nextInt(LIMITS[random.nextInt(LIMITS.length)]);
            if (character < 0xd800 || character > 0xdfff) {
                text.appendCodePoint(character);
            }
        }
        return text.toString();
    }

    /** Every UTF-16 unit as an escape. */
    private static String escaped(String text) {
        var json = new StringBuilder("\"");
        text.chars().forEach(unit -> json.append(String.format("\\u%04X", unit)));
        return json.append('"').toString();
    }
}
