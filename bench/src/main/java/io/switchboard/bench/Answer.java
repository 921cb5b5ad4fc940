package io.switchboard.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads HTTP/1.1 answers off a connection as they trickle in, and keeps nothing of them but the status. */
final class Answer {
    private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CHUNKED = "transfer-encoding: chunked".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CLOSE = "connection: close".getBytes(StandardCharsets.US_ASCII);

    /** What the next bytes are. */
    private enum Part {
        STATUS,
        HEADERS,
        BODY,
        BODY_UNTIL_CLOSE,
        CHUNK_SIZE,
        CHUNK,
        TRAILERS,
        DONE
    }

    private final byte[] line = new byte[128]; // longer lines are of no interest beyond it
    private int lineLength;
    private Part part = Part.STATUS;
    private int status;
    private boolean closes;
    private boolean chunked;
    private long length;
    private long left;

    /** Takes in what is there; true when an answer is complete, and then nothing after it was read. */
    boolean feed(ByteBuffer bytes) {
        if (part == Part.DONE) {
            part = Part.STATUS;
        }
        while (part != Part.DONE && bytes.hasRemaining()) {
            switch (part) {
                case BODY, CHUNK -> skip(bytes);
                case BODY_UNTIL_CLOSE -> bytes.position(bytes.limit());
                default -> readLine(bytes);
            }
        }
        return part == Part.DONE;
    }

    int status() {
        return status;
    }

    /** Whether the server ends the connection after this answer. */
    boolean closes() {
        return closes;
    }

    /** Whether the end of the stream is the proper end of this answer. */
    boolean endsWithStream() {
        return part == Part.BODY_UNTIL_CLOSE;
    }

    private void skip(ByteBuffer bytes) {
        int step = (int) Math.min(left, bytes.remaining());
        bytes.position(bytes.position() + step);
        left -= step;
        if (left == 0) {
            part = part == Part.BODY ? Part.DONE : Part.CHUNK_SIZE;
        }
    }

    private void readLine(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            byte next = bytes.get();
            if (next == '\n') {
                lineEnds();
                lineLength = 0;
                return;
            }
            if (next != '\r' && lineLength < line.length) {
                line[lineLength++] = next;
            }
        }
    }

    private void lineEnds() {
        switch (part) {
            case STATUS -> statusEnds();
            case HEADERS -> headerEnds();
            case CHUNK_SIZE -> chunkSizeEnds();
            default -> part = lineLength == 0 ? Part.DONE : Part.TRAILERS;
        }
    }

    private void statusEnds() {
        if (lineLength == 0) {
            return;
        }
        if (lineLength < 12 || line[0] != 'H' || line[8] != ' ') {
            throw new IllegalStateException(
                    "not an HTTP answer: " + new String(line, 0, lineLength, StandardCharsets.ISO_8859_1));
        }
        status = (line[9] - '0') * 100 + (line[10] - '0') * 10 + line[11] - '0';
        closes = line[7] == '0'; // HTTP/1.0
        chunked = false;
        length = -1;
        part = Part.HEADERS;
    }

    private void headerEnds() {
        if (lineLength == 0) {
            bodyBegins();
        } else if (begins(LENGTH)) {
            length = number(LENGTH.length, 10);
        } else if (begins(CHUNKED)) {
            chunked = true;
        } else if (begins(CLOSE)) {
            closes = true;
        }
    }

    private void bodyBegins() {
        if (status < 200) {
            part = Part.STATUS; // an interim answer: the real one follows
        } else if (status == 204 || status == 304 || length == 0 && !chunked) {
            part = Part.DONE;
        } else if (chunked) {
            part = Part.CHUNK_SIZE;
        } else if (length > 0) {
            left = length;
            part = Part.BODY;
        } else {
            closes = true;
            part = Part.BODY_UNTIL_CLOSE;
        }
    }

    private void chunkSizeEnds() {
        if (lineLength == 0) {
            return; // the line end after a chunk
        }
        left = number(0, 16);
        part = left == 0 ? Part.TRAILERS : Part.CHUNK;
    }

    /** Header names come in any case. */
    private boolean begins(byte[] lowerCase) {
        if (lineLength < lowerCase.length) {
            return false;
        }
        for (int i = 0; i < lowerCase.length; i++) {
            byte at = line[i];
            if ((at >= 'A' && at <= 'Z' ? at + 32 : at) != lowerCase[i]) {
                return false;
            }
        }
        return true;
    }

    private long number(int from, int radix) {
        long value = 0;
        for (int i = from; i < lineLength; i++) {
            int digit = Character.digit(line[i], radix);
            if (digit >= 0) {
                value = value * radix + digit;
            } else if (line[i] != ' ') {
                break; // a chunk's extension
            }
        }
        return value;
    }
}
