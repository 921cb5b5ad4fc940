package io.switchboard.kit.front;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a request's header fields say about where its body ends and whom it is for. */
final class HeaderFields {
    private static final Pattern HOST =
            Pattern.compile("(\\[[0-9A-Fa-f:.]+(%25[\\w.~-]+)?]|([\\w.~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+)(:\\d{0,5})?");
    private static final int LARGEST_PORT = 65_535;

    private int bytes;
    private int hosts;
    private boolean isChunked;
    private boolean expects;
    private long contentLength = -1;
    private @Nullable String lastHost;

    void clear() {
        bytes = hosts = 0;
        isChunked = expects = false;
        contentLength = -1;
    }

    int bytes() {
        return bytes;
    }

    boolean isChunked() {
        return isChunked;
    }

    /** Whether the client may be waiting for a word before it sends the body. */
    boolean expectsContinue() {
        return expects;
    }

    /** Zero where there is no body, or where it does not say how long it is. */
    long contentLength() {
        return Math.max(contentLength, 0);
    }

    void add(byte[] line, int start, int end) {
        bytes += end - start + 2;
        var colon = colon(line, start, end);
        checkValue(line, colon + 1, end);
        switch (colon - start) {
            case 4 -> {
                if (is("host", line, start)) {
                    host(value(line, colon, end));
                }
            }
            case 6 -> expects |= is("expect", line, start);
            case 14 -> {
                if (is("content-length", line, start)) {
                    contentLength(value(line, colon, end));
                }
            }
            case 17 -> {
                if (is("transfer-encoding", line, start)) {
                    transferEncoding(value(line, colon, end));
                }
            }
            default -> {}
        }
    }

    /** To be called at the end: what only all fields together tell. */
    void check(boolean isHttp11) {
        if (isChunked && (contentLength >= 0 || !isHttp11)) {
            throw RequestHead.malformed("It says in two ways where its body ends.");
        }
        if (hosts == 0 && isHttp11) {
            throw RequestHead.malformed("The Host is missing.");
        }
    }

    /** A name is a token right before its colon: neither folded lines nor blanks before the colon are taken. */
    private static int colon(byte[] line, int start, int end) {
        for (int i = start; i < end; i++) {
            if (line[i] == ':' && i > start) {
                return i;
            }
            if (!isToken(line[i])) {
                break;
            }
        }
        throw RequestHead.malformed("A header field has no proper name.");
    }

    private static boolean isToken(byte c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || c > 0 && "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
    }

    private static void checkValue(byte[] line, int start, int end) {
        for (int i = start; i < end; i++) {
            if (line[i] >= 0 && line[i] < ' ' && line[i] != '\t' || line[i] == 0x7f) {
                throw RequestHead.malformed("A header field holds a control character.");
            }
        }
    }

    private static boolean is(String name, byte[] line, int start) {
        for (int i = 0; i < name.length(); i++) {
            if ((line[start + i] | 0x20) != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static String value(byte[] line, int colon, int end) {
        return new String(line, colon + 1, end - colon - 1, ISO_8859_1).strip();
    }

    private void host(String value) {
        var known = value.equals(lastHost); // mostly the same on one connection
        if (hosts++ > 0 || !known && !isHost(value)) {
            throw RequestHead.malformed("The Host is not one host.");
        }
        lastHost = value;
    }

    private static boolean isHost(String value) {
        var host = HOST.matcher(value);
        return host.matches()
                && (host.group(4) == null
                        || host.group(4).length() < 2
                        || Integer.parseInt(host.group(4).substring(1)) <= LARGEST_PORT);
    }

    private void contentLength(String value) {
        if (contentLength >= 0
                || value.isEmpty()
                || value.length() > 18
                || !value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw RequestHead.malformed("The Content-Length is not one number.");
        }
        contentLength = Long.parseLong(value);
    }

    private void transferEncoding(String value) {
        if (isChunked || !value.equalsIgnoreCase("chunked")) {
            throw RequestHead.malformed("The only Transfer-Encoding that is taken is chunked, once.");
        }
        isChunked = true;
    }
}
