package io.switchboard.kit.front;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.switchboard.kit.problem.Problem;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestHeadTest {
    private static final String LINE = "POST /api/x HTTP/1.1\r\n";
    private static final String HOST = "Host: a.example\r\n";

    private final FrontLimits limits = FrontedServer.limits(Map.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 4\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\nContent-Length: 4",
                "Transfer-Encoding: chunked\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked, chunked",
                "Transfer-Encoding: chunked, identity",
                "Transfer-Encoding: gzip, chunked",
                "Transfer-Encoding: identity",
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding:",
                "Transfer-Encoding : chunked",
                "Transfer-Encoding: chunked\u0000",
                "Transfer-Encoding: \u000bchunked",
                "X: y\n Transfer-Encoding: chunked",
                "X: y\n\tfolded",
                "Content-Length: 4\nContent-Length: 5",
                "Content-Length: 4\nContent-Length: 4",
                "Content-Length: 4, 4",
                "Content-Length: +4",
                "Content-Length: -4",
                "Content-Length: 0x4",
                "Content-Length: 4 4",
                "Content-Length:",
                "Content-Length: 9999999999999999999",
                "Content Length: 4",
                "Host: b.example",
                "no colon",
                ": no name",
                "X\u00e4: y",
                "X: y\rZ: w"
            })
    void what_two_readers_could_read_differently_is_refused(String fields) {
        assertRefused(400, LINE + HOST + fields.replace("\n", "\r\n") + "\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a.example:70000", "a.example:x", "[::1", "http://a", "a/b", "a@b", "a,b:1:2"})
    void an_odd_host_is_refused(String host) {
        assertRefused(400, LINE + "Host: " + host + "\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a.example", "a_b:8082", "127.0.0.1:1", "[::1]", "[fe80::1%25eth0]:8080", "a:", "LOCALHOST"})
    void a_host_is_taken(String host) {
        read(LINE + "host:" + host + " \r\n\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "BREW /api/x HTTP/1.1, 501",
        "get /api/x HTTP/1.1, 501",
        "TRACE /q/health HTTP/1.1, 405",
        "CONNECT a.example:443 HTTP/1.1, 405",
        "OPTIONS * HTTP/1.1, 405",
        "GET \\api\\x HTTP/1.1, 400",
        "GET api/x HTTP/1.1, 400",
        "GET /api\\x HTTP/1.1, 400",
        "GET /api/%zz HTTP/1.1, 400",
        "GET /api/x?q=%2 HTTP/1.1, 400",
        "GET ftp://a/x HTTP/1.1, 400",
        "GET /a b HTTP/1.1, 400",
        "GET  HTTP/1.1, 400",
        "GET /x HTTP/3.0, 505",
        "GET /x HTTP/2.0, 505",
        "GET /x HTTP/1.2, 505",
        "GET /x HTTP/1.10, 400",
        "GET /x http/1.1, 400",
        "GET /x, 400",
        "'GET /x HTTP/1.1 ', 400"
    })
    void an_odd_request_line_is_refused(String line, int status) {
        assertRefused(status, line + "\r\n" + HOST + "\r\n");
    }

    @Test
    void lines_end_by_cr_lf_only() {
        assertRefused(400, "GET /x HTTP/1.1\n" + HOST + "\r\n");
        assertRefused(400, LINE + "Host: a.example\n\r\n");
        assertRefused(400, LINE + HOST + "\n");
    }

    @Test
    void sizes_and_numbers_are_bounded_before_the_end() {
        assertRefused(414, "GET /" + "x".repeat(9_000));
        assertRefused(414, "GET /" + "x".repeat(9_000) + " HTTP/1.1\r\n");
        assertRefused(431, LINE + HOST + "X: " + "y".repeat(17_000) + "\r\n");
        assertRefused(431, LINE + HOST + "X: " + "y".repeat(25_000));
        assertRefused(431, LINE + HOST + "a:b\r\n".repeat(130));
        read("GET /" + "x".repeat(8_000) + " HTTP/1.1\r\n" + HOST + "X: " + "y".repeat(16_000) + "\r\n\r\n");
    }

    @Test
    void a_head_says_how_its_body_ends() {
        var head = new RequestHead(limits);
        var first = "\r\n" + LINE + "Expect: 100-continue\r\ncontent-LENGTH: \t12 \r\n" + HOST + "\r\n";
        assertEquals(first.length(), head.read(bytes(first + "body"), first.length() + 4));
        assertEquals(12, head.fields().contentLength());
        assertEquals(true, head.fields().expectsContinue());
        head.clear();
        var second = LINE + HOST + "Transfer-Encoding: Chunked\r\n\r\n";
        for (int i = 0; i < second.length(); i++) {
            assertEquals(-1, head.read(bytes(second), i));
        }
        assertEquals(second.length(), head.read(bytes(second), second.length()));
        assertEquals(true, head.fields().isChunked());
        assertEquals(0, head.fields().contentLength());
    }

    @Test
    void http_1_0_needs_no_host_and_knows_no_chunks() {
        read("GET /x HTTP/1.0\r\n\r\n");
        assertRefused(400, "POST /x HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n");
        assertRefused(400, "GET /x HTTP/1.1\r\n\r\n");
    }

    private void assertRefused(int status, String head) {
        assertEquals(status, assertThrows(Problem.class, () -> read(head), head).status(), head);
    }

    private void read(String head) {
        var bytes = bytes(head);
        new RequestHead(limits).read(bytes, bytes.length);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }
}
