package io.switchboard.kit.front;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netty.buffer.Unpooled;
import io.switchboard.kit.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunksTest {

    @Test
    void data_comes_without_its_frame_however_it_is_cut() {
        var body = "4\r\nWiki\r\n6;a=\"b\"\r\npedia \r\nA\r\nin chunks.\r\n0\r\nX: y\r\n\r\n";
        assertEquals("Wikipedia in chunks.", read(body + "GET", body.length()));
        assertEquals("Wikipedia in chunks.", read(body, 1));
        assertEquals("", read("000\r\n\r\n", 3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4\nWiki\r\n",
                "\r\n",
                "x\r\n",
                "-1\r\n",
                "+1\r\n",
                "0x1\r\n",
                " 1\r\n",
                "1 \r\n",
                "1\rx",
                "1;\n",
                "123456789\r\n",
                "4\r\nWikip",
                "4\r\nWiki\rx",
                "0\r\nX\n"
            })
    void another_spelling_is_refused(String body) {
        assertThrows(Problem.class, () -> read(body, body.length()));
        assertThrows(Problem.class, () -> read(body, 1));
    }

    @Test
    void extensions_and_trailers_are_bounded() {
        assertThrows(Problem.class, () -> read("1;" + "x".repeat(5_000), 5_000));
        assertThrows(Problem.class, () -> read("0\r\n" + "X: y\r\n".repeat(2_000), 5_000));
    }

    private static String read(String body, int atOnce) {
        var chunks = new Chunks();
        var data = new StringBuilder();
        for (int i = 0; i < body.length(); i += atOnce) {
            var part = body.substring(i, Math.min(body.length(), i + atOnce));
            var in = Unpooled.copiedBuffer(part, ISO_8859_1);
            chunks.read(in, (bytes, length) -> data.append(bytes.readCharSequence(length, ISO_8859_1)));
        }
        return data.toString();
    }
}
