package io.switchboard.audit.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PairedEscapesTest {
    @ParameterizedTest
    @CsvSource({
        "a\\ud800b, a\\ufffdb",
        "\\uDC00, \\ufffd",
        "\\ud83d\\ude00, \\ud83d\\ude00",
        "\\ude00\\ud83d, \\ufffd\\ufffd",
        "\\ud83d\\ud83d\\ude00, \\ufffd\\ud83d\\ude00",
        "\\ud83d\\n, \\ufffd\\n",
        "\\ud83d\\u0041, \\ufffd\\u0041",
        "\\\\ud800, \\\\ud800",
        "\\\\\\ud800, \\\\\\ufffd",
        "\\uD8, \\uD8",
        "\\ud83d\\ude0, \\ufffd\\ude0",
        "\\u00e9\\ueeee, \\u00e9\\ueeee",
        "\\uzzzz\\, \\uzzzz\\",
        "\\, \\"
    })
    void lone_surrogates_alone_are_replaced(String given, String expected) throws IOException {
        assertEquals(expected, read(given));
    }

    @Test
    void buffers_may_end_anywhere() throws IOException {
        for (int length = 8192 - 14; length <= 8192 + 14; length++) {
            var head = "x".repeat(length);
            assertEquals(head + "\\ufffd\\ud83d\\ude00\\\\", read(head + "\\ud900\\ud83d\\ude00\\\\"));
        }
    }

    private static String read(String json) throws IOException {
        var bytes = json.getBytes(StandardCharsets.UTF_8);
        try (var paired = new PairedEscapes(new ByteArrayInputStream(bytes))) {
            return new String(paired.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
