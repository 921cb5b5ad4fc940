package io.switchboard.voice;

import static io.restassured.RestAssured.given;

import io.restassured.response.Response;
import io.switchboard.kit.test.Caller;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A webhook endpoint from the outside: what its provider knows of it. */
public record Front(String id, String provider, String url, String secret) {
    public static Front of(Caller admin, String provider) {
        var made = admin.post("/api/webhook-endpoints", Map.of("provider", provider, "label", "Front desk"));
        made.then().statusCode(201);
        return new Front(made.path("id"), provider, made.path("url"), made.path("secret"));
    }

    public Front with(String otherSecret) {
        return new Front(id, provider, url, otherSecret);
    }

    public String path() {
        return "/webhooks/" + provider + "/" + id;
    }

    /** As Vapi signs: over its clock's time and the raw body. */
    public Response vapi(String body) {
        return given().headers(vapiHeaders(body)).body(utf8(body)).post(path());
    }

    public Map<String, String> vapiHeaders(String body) {
        var at = Long.toString(System.currentTimeMillis());
        return Map.of(
                "Content-Type",
                "application/json",
                "x-timestamp",
                at,
                "x-signature",
                HexFormat.of().formatHex(mac("HmacSHA256", at + "." + body)));
    }

    /** As Twilio signs: over the public URL and the parameters in the order of their names. */
    public Response twilio(Map<String, String> parameters) {
        return twilio("", parameters);
    }

    public Response twilio(String query, Map<String, String> parameters) {
        var form = parameters.entrySet().stream()
                .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
                .collect(Collectors.joining("&"));
        var signed = new StringBuilder(url + query);
        new TreeMap<>(parameters).forEach((name, value) -> signed.append(name).append(value));
        return given().header("Content-Type", "application/x-www-form-urlencoded")
                .header("X-Twilio-Signature", Base64.getEncoder().encodeToString(mac("HmacSHA1", signed.toString())))
                .urlEncodingEnabled(false)
                .body(form)
                .post(path() + query);
    }

    private byte[] mac(String algorithm, String text) {
        try {
            var mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(utf8(secret), algorithm));
            return mac.doFinal(utf8(text));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
