package io.switchboard.bench;

import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Whole requests as they go over the wire. */
final class HttpText {
    private HttpText() {}

    static byte[] post(String url, String contentType, String body) {
        return bytes(
                "POST", url, "Content-Type: " + contentType + "\r\nContent-Length: " + body.length() + "\r\n", body);
    }

    static byte[] get(String url, String bearer) {
        return bytes("GET", url, "Authorization: Bearer " + bearer + "\r\n", "");
    }

    /** @param headers whole lines */
    private static byte[] bytes(String method, String url, String headers, String body) {
        URI uri = URI.create(url);
        return (method + " " + uri.getPath() + " HTTP/1.1\r\nHost: " + uri.getAuthority()
                        + "\r\nAccept: application/json\r\n" + headers + "\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
    }
}
