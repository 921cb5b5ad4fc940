package io.switchboard.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class AnswerTest {
    private static final String PLAIN = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\ncontent-LENGTH: 5\r\n\r\nhello";
    private static final String CHUNKED = "HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "5\r\nhello\r\n1A;note=x\r\nabcdefghijklmnopqrstuvwxyz\r\n0\r\nTrailer: x\r\n\r\n";

    private final Answer answer = new Answer();

    @Test
    void an_answer_sent_byte_by_byte_ends_with_its_last_byte() {
        for (String text : new String[] {PLAIN, CHUNKED, PLAIN}) {
            for (int i = 0; i < text.length() - 1; i++) {
                assertFalse(answer.feed(bytes(text.substring(i, i + 1))), "after " + i + " of " + text);
            }
            assertTrue(answer.feed(bytes(text.substring(text.length() - 1))));
        }
        assertEquals(200, answer.status());
        assertFalse(answer.closes());
    }

    @Test
    void an_answer_split_anywhere_is_the_same_answer() {
        for (int split = 1; split < CHUNKED.length(); split++) {
            Answer one = new Answer();
            assertFalse(one.feed(bytes(CHUNKED.substring(0, split))));
            assertTrue(one.feed(bytes(CHUNKED.substring(split))));
            assertEquals(201, one.status());
        }
    }

    @Test
    void what_follows_an_answer_is_left_for_the_next() {
        ByteBuffer two = bytes(PLAIN + CHUNKED);
        assertTrue(answer.feed(two));
        assertEquals(CHUNKED.length(), two.remaining());
        assertTrue(answer.feed(two));
        assertEquals(201, answer.status());
    }

    @Test
    void an_answer_without_a_body_ends_with_its_headers() {
        assertTrue(answer.feed(bytes("HTTP/1.1 204 No Content\r\nX-Request-Id: 1\r\n\r\n")));
        assertTrue(answer.feed(bytes("HTTP/1.1 401 Unauthorized\r\nConnection: Close\r\nContent-Length: 0\r\n\r\n")));
        assertEquals(401, answer.status());
        assertTrue(answer.closes());
    }

    @Test
    void an_interim_answer_is_not_the_answer() {
        assertTrue(answer.feed(bytes("HTTP/1.1 100 Continue\r\n\r\n" + PLAIN)));
        assertEquals(200, answer.status());
    }

    @Test
    void an_answer_of_no_announced_length_ends_with_the_stream() {
        assertFalse(answer.feed(bytes("HTTP/1.1 200 OK\r\n\r\nhello")));
        assertTrue(answer.endsWithStream());
        assertTrue(answer.closes());
    }

    @Test
    void headers_longer_than_anything_of_interest_are_passed_over() {
        String text = "HTTP/1.1 200 OK\r\nX-Long: " + "x".repeat(10_000) + "\r\nContent-Length: 2\r\n\r\nok";
        assertTrue(answer.feed(bytes(text)));
    }

    @Test
    void what_is_no_http_is_refused() {
        assertThrows(IllegalStateException.class, () -> answer.feed(bytes("SSH-2.0-OpenSSH\r\n")));
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(US_ASCII));
    }
}
