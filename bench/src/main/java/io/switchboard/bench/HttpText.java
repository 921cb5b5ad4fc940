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
        return bytes("GET", url, bearer(bearer), "");
    }

    static byte[] stream(String url, String bearer) {
        return bytes("GET", url, "text/event-stream", bearer(bearer), "");
    }

    static byte[] putJson(String url, String bearer, String body) {
        var type = "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n";
        return bytes("PUT", url, bearer(bearer) + type, body);
    }

    static byte[] postJson(String url, String bearer, String idempotencyKey, String body) {
        var headers = "Idempotency-Key: " + idempotencyKey + "\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length() + "\r\n";
        return bytes("POST", url, bearer(bearer) + headers, body);
    }

    /** A message of Vapi's. */
    static byte[] vapi(String url, String secret, String body) {
        var headers = "X-Vapi-Secret: " + secret + "\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length() + "\r\n";
        return bytes("POST", url, headers, body);
    }

    private static String bearer(String token) {
        return "Authorization: Bearer " + token + "\r\n";
    }

    /** @param headers whole lines */
    private static byte[] bytes(String method, String url, String headers, String body) {
        return bytes(method, url, "application/json", headers, body);
    }

    private static byte[] bytes(String method, String url, String accepted, String headers, String body) {
        URI uri = URI.create(url);
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return (method + " " + uri.getRawPath() + query + " HTTP/1.1\r\nHost: " + uri.getAuthority() + "\r\nAccept: "
                        + accepted + "\r\n" + headers + "\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
    }
}
