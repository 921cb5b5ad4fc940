package io.switchboard.kit.front;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.switchboard.kit.problem.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Reads a request's line and header fields as they come, and refuses what two readers could take for different things: whatever
 * else decides where a request ends is no longer asked (RFC 9112, 11.2).
 */
final class RequestHead {
    private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    private static final byte[][] KNOWN =
            METHODS.stream().map(name -> name.getBytes(US_ASCII)).toArray(byte[][]::new);
    private static final byte[][] NOT_OFFERED =
            Stream.of("TRACE", "CONNECT").map(name -> name.getBytes(US_ASCII)).toArray(byte[][]::new);
    private static final byte[] HTTP = "HTTP/".getBytes(US_ASCII);

    private final FrontLimits limits;
    private final HeaderFields fields = new HeaderFields();
    private int from;
    private int at;
    private int lines;
    private boolean isHttp11;

    RequestHead(FrontLimits limits) {
        this.limits = limits;
    }

    void clear() {
        from = at = lines = 0;
        fields.clear();
    }

    HeaderFields fields() {
        return fields;
    }

    /**
     * Goes on where it stopped.
     *
     * @param bytes the head so far, in its first {@code length}
     * @return how long the head is, with its empty line; -1 where more has to come
     */
    int read(byte[] bytes, int length) {
        for (int i = at; i < length; i++) {
            if (bytes[i] == '\n') {
                if (i == from || bytes[i - 1] != '\r') {
                    throw malformed("A line ends otherwise than by CR LF.");
                }
                if (line(bytes, from, i - 1)) {
                    return i + 1;
                }
                from = i + 1;
            }
        }
        at = length;
        checkLengths(length);
        return -1;
    }

    private void checkLengths(int length) {
        if (lines == 0 && length > limits.requestLine().asLongValue()) {
            throw Problem.of(414, "uri_too_long", "The request line is too long.");
        }
        if (lines > 0
                && length
                        > limits.requestLine().asLongValue() + limits.headers().asLongValue()) {
            throw tooLarge();
        }
    }

    /** Whether it is the empty one at the end. */
    private boolean line(byte[] bytes, int start, int end) {
        if (end == start) {
            if (lines == 0) {
                return false; // an empty line before a request is passed over (RFC 9112, 2.2)
            }
            fields.check(isHttp11);
            return true;
        }
        if (lines++ == 0) {
            requestLine(bytes, start, end);
            return false;
        }
        fields.add(bytes, start, end);
        if (lines > limits.headerFields() + 1
                || fields.bytes() > limits.headers().asLongValue()) {
            throw tooLarge();
        }
        return false;
    }

    private void requestLine(byte[] bytes, int start, int end) {
        if (end - start > limits.requestLine().asLongValue()) {
            throw Problem.of(414, "uri_too_long", "The request line is too long.");
        }
        var method = indexOf(bytes, ' ', start, end);
        var target = method < 0 ? -1 : indexOf(bytes, ' ', method + 1, end);
        if (target < 0 || !isVersion(bytes, target + 1, end)) {
            throw malformed("The request line is not 'method target HTTP/1.1'.");
        }
        checkMethod(bytes, start, method);
        checkTarget(bytes, method + 1, target);
    }

    private boolean isVersion(byte[] bytes, int start, int end) {
        if (end - start != 8 || !Arrays.equals(bytes, start, start + 5, HTTP, 0, 5) || bytes[start + 6] != '.') {
            return false;
        }
        if (bytes[start + 5] != '1' || bytes[start + 7] != '0' && bytes[start + 7] != '1') {
            throw Problem.of(505, "http_version_not_supported", "HTTP/1.1 is spoken here.");
        }
        isHttp11 = bytes[start + 7] == '1';
        return true;
    }

    private static void checkMethod(byte[] bytes, int start, int end) {
        if (isOneOf(KNOWN, bytes, start, end)) {
            return;
        }
        if (isOneOf(NOT_OFFERED, bytes, start, end)) {
            throw Problem.methodNotAllowed(METHODS);
        }
        throw Problem.of(501, "method_not_implemented", "There is no such method here.");
    }

    /** A path, or a URL of http. The other forms of the standard are for proxies. */
    private static void checkTarget(byte[] bytes, int start, int end) {
        var isPath = true;
        for (int i = start; i < end; i++) {
            var c = bytes[i];
            isPath &= c != '?';
            if (c >= 0 && c < '!' || c == 0x7f || isPath && c == '\\' || c == '%' && !isEscape(bytes, i, end)) {
                throw malformed("The request's URL is not written as one.");
            }
        }
        if (end - start == 1 && bytes[start] == '*') {
            throw Problem.methodNotAllowed(METHODS);
        }
        if (start == end || bytes[start] != '/' && !isUrl(bytes, start, end)) {
            throw malformed("The request names no path.");
        }
    }

    private static boolean isEscape(byte[] bytes, int at, int end) {
        return at + 2 < end && Character.digit(bytes[at + 1], 16) >= 0 && Character.digit(bytes[at + 2], 16) >= 0;
    }

    private static boolean isUrl(byte[] bytes, int start, int end) {
        var scheme = new String(bytes, start, Math.min(8, end - start), US_ASCII).toLowerCase(Locale.ROOT);
        return scheme.startsWith("http://") || scheme.equals("https://");
    }

    private static boolean isOneOf(byte[][] names, byte[] bytes, int start, int end) {
        for (var name : names) {
            if (Arrays.equals(name, 0, name.length, bytes, start, end)) {
                return true;
            }
        }
        return false;
    }

    private static int indexOf(byte[] bytes, char wanted, int start, int end) {
        for (int i = start; i < end; i++) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    private Problem tooLarge() {
        return Problem.of(
                431,
                "headers_too_large",
                "Headers may have " + limits.headers().asLongValue() / 1024 + " KiB and " + limits.headerFields()
                        + " fields in all.");
    }

    static Problem malformed(String detail) {
        return Problem.badRequest("malformed_request", detail);
    }
}
