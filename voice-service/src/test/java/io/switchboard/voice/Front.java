package io.switchboard.voice;

import static io.restassured.RestAssured.given;

import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.switchboard.kit.test.Caller;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A webhook endpoint from the outside: what its provider knows of it. */
public record Front(String id, String provider, String url, String secret) {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    public static Front of(Caller admin, String provider) {
        return of(admin, provider, null);
    }

    /** @param secret null where the service makes one */
    public static Front of(Caller admin, String provider, String secret) {
        var form = new TreeMap<>(Map.of("provider", provider, "label", "Front desk"));
        if (secret != null) {
            form.put("secret", secret);
        }
        var made = admin.post("/api/webhook-endpoints", form);
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
        return twilio(query, query, parameters);
    }

    /** @param signedQuery as Twilio spells it where it signs */
    public Response twilio(String query, String signedQuery, Map<String, String> parameters) {
        var form = parameters.entrySet().stream()
                .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
                .collect(Collectors.joining("&"));
        var signed = new StringBuilder(url + signedQuery);
        new TreeMap<>(parameters).forEach((name, value) -> signed.append(name).append(value));
        return given().headers(twilioHeaders("application/x-www-form-urlencoded", signed.toString()))
                .urlEncodingEnabled(false)
                .body(form)
                .post(path() + query);
    }

    /** As Twilio signs a GET: over the public URL alone. */
    public Response twilioGet(String query) {
        return twilioGet(query, query);
    }

    public Response twilioGet(String query, String signedQuery) {
        return given().headers(twilioHeaders("text/plain", url + signedQuery))
                .urlEncodingEnabled(false)
                .get(path() + query);
    }

    /**
     * As Twilio signs with a key of the account's own.
     *
     * @param settings which key and algorithm it names
     */
    public Response twilioByKey(String settings, Map<String, String> parameters) {
        var signed = new StringBuilder(url);
        new TreeMap<>(parameters).forEach((name, value) -> signed.append(name).append(value));
        return byKey(settings, signed.toString()).formParams(parameters).post(path());
    }

    public Response twilioGetByKey(String settings, String query) {
        return byKey(settings, url + query).urlEncodingEnabled(false).get(path() + query);
    }

    private RequestSpecification byKey(String settings, String signed) {
        return given().header("X-Twilio-Signature", base64(mac("HmacSHA256", signed)))
                .header("X-Twilio-Webhooks-Signature-Settings", settings);
    }

    /** As Vonage signs: a token over the body's hash. */
    public Response vonage(String body) {
        return given().header("Authorization", "Bearer " + vonageToken(body))
                .contentType("application/json")
                .body(utf8(body))
                .post(path());
    }

    public Response vonageGet(String query) {
        return given().header("Authorization", "Bearer " + vonageToken(query))
                .urlEncodingEnabled(false)
                .get(path() + "?" + query);
    }

    /** As Standard Webhooks says, with the key that the secret holds in Base64. */
    public Response standard(String messageId, String body) {
        var at = Long.toString(System.currentTimeMillis() / 1_000);
        var key = Base64.getDecoder().decode(secret.replaceFirst("^whsec_", ""));
        return given().header("webhook-id", messageId)
                .header("webhook-timestamp", at)
                .header("webhook-signature", "v1," + base64(mac("HmacSHA256", key, messageId + "." + at + "." + body)))
                .contentType("application/json")
                .body(utf8(body))
                .post(path());
    }

    private String vonageToken(String covered) {
        var claims = "{\"iat\": %d, \"jti\": \"%s\", \"iss\": \"Vonage\", \"payload_hash\": \"%s\"}"
                .formatted(
                        System.currentTimeMillis() / 1_000,
                        UUID.randomUUID(),
                        HexFormat.of().formatHex(sha256(covered)));
        var encoder = Base64.getUrlEncoder().withoutPadding();
        var signed = encoder.encodeToString(utf8("{\"alg\": \"HS256\"}")) + "." + encoder.encodeToString(utf8(claims));
        return signed + "." + encoder.encodeToString(mac("HmacSHA256", signed));
    }

    /** As Twilio signs all that is no form: over the URL, which names the body's hash. Only the answer's status. */
    public CompletableFuture<Integer> twilioHashed(String mediaType, String body) {
        var query = "?bodySHA256=" + HexFormat.of().formatHex(sha256(body));
        return send(query, twilioHeaders(mediaType, url + query), body);
    }

    /** By a client that takes little time for large bodies; the answer's status. */
    public CompletableFuture<Integer> send(String query, Map<String, String> headers, String body) {
        return send(query, headers, utf8(body));
    }

    public CompletableFuture<Integer> send(String query, Map<String, String> headers, byte[] body) {
        var uri = URI.create("http://localhost:" + RestAssured.port + path() + query);
        var request = HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        return CLIENT.sendAsync(request.build(), HttpResponse.BodyHandlers.discarding())
                .thenApply(HttpResponse::statusCode);
    }

    private Map<String, String> twilioHeaders(String mediaType, String signed) {
        return Map.of("Content-Type", mediaType, "X-Twilio-Signature", base64(mac("HmacSHA1", signed)));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(utf8(text));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] mac(String algorithm, String text) {
        return mac(algorithm, utf8(secret), text);
    }

    private static byte[] mac(String algorithm, byte[] key, String text) {
        try {
            var mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            return mac.doFinal(utf8(text));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
