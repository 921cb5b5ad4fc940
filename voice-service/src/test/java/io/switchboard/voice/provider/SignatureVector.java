package io.switchboard.voice.provider;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchboard.voice.signature.EndpointOptions;
import io.switchboard.voice.signature.Verdict;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A delivery, its signature, and whether that is valid at the time. */
record SignatureVector(JsonNode json, Map<String, String> headers, byte[] body, String url, Instant now) {
    /** Beside the signature; they change which events it makes, not whether it is accepted. */
    private static final List<String> UNSIGNED =
            List.of("I-Twilio-Idempotency-Token", "X-Twilio-Webhooks-Signature-Settings");

    private static final List<String> URL_SIGNED = List.of("twilio", "plivo");
    private static final long FIVE_MINUTES = 300;

    /** Of the providers that sign a time: how many seconds before and after it a delivery is accepted. */
    private static final Map<String, List<Long>> WINDOWS = Map.of(
            "vapi", List.of(-FIVE_MINUTES, FIVE_MINUTES),
            "telnyx", List.of(-FIVE_MINUTES, FIVE_MINUTES),
            "retell", List.of(-FIVE_MINUTES, FIVE_MINUTES),
            "vonage", List.of(-FIVE_MINUTES, FIVE_MINUTES),
            "standard", List.of(-FIVE_MINUTES, FIVE_MINUTES),
            "elevenlabs", List.of(-FIVE_MINUTES, 1_800L));

    private static final Pattern TIME = Pattern.compile("(?:[vt]=)?(1\\d{9}(\\d{3})?)(?:,.*)?");

    SignatureVector(JsonNode json) {
        this(json, headers(json), body(json), json.path("url").asText(Fixtures.URL), now(json));
    }

    String name() {
        return json.path("name").asText() + " by " + json.path("mode").asText("signature");
    }

    String provider() {
        return json.path("provider").asText();
    }

    boolean isValid() {
        return json.path("valid").asBoolean();
    }

    byte[] secret() {
        return utf8(
                json.path(json.has("secret") ? "secret" : "public_key_base64").asText());
    }

    Verdict verdict(byte[]... secrets) {
        Provider adapter = Fixtures.provider(provider());
        return Fixtures.verdict(adapter, Fixtures.delivery("POST", url, body, headers), now, options(), secrets);
    }

    /** Headers of which every character counts. */
    List<String> signedHeaders() {
        if (json.has("mutable")) {
            return json.path("mutable").valueStream().map(JsonNode::asText).toList();
        }
        return headers.keySet().stream()
                .filter(name -> !UNSIGNED.contains(name))
                .toList();
    }

    /** False where the secret itself comes. */
    boolean isBodySigned() {
        return !headers.containsKey("X-Vapi-Secret");
    }

    boolean isUrlSigned() {
        return URL_SIGNED.contains(provider());
    }

    /** The edges of the time in which it is accepted, in seconds since it was signed. */
    List<Long> acceptedSeconds() {
        return !json.path("origin").asText().equals("official") && signedAt() != null
                ? WINDOWS.getOrDefault(provider(), List.of())
                : List.of();
    }

    SignatureVector at(long secondsSinceSigned) {
        Instant then = signedAt().plusSeconds(secondsSinceSigned);
        return new SignatureVector(json, headers, body, url, then);
    }

    SignatureVector with(Map<String, String> otherHeaders) {
        return new SignatureVector(json, otherHeaders, body, url, now);
    }

    SignatureVector with(String header, String value) {
        Map<String, String> changed = new TreeMap<>(headers);
        changed.put(header, value);
        return with(changed);
    }

    SignatureVector with(byte[] otherBody) {
        return new SignatureVector(json, headers, otherBody, url, now);
    }

    SignatureVector withUrl(String otherUrl) {
        return new SignatureVector(json, headers, body, otherUrl, now);
    }

    /** Null where no time is signed. */
    private Instant signedAt() {
        if (headers.containsKey("Authorization")) {
            return Instant.ofEpochSecond(json.path("now_s").asLong()); // within the token
        }
        for (String name : signedHeaders()) {
            Matcher time = TIME.matcher(headers.get(name));
            if (time.matches()) {
                long count = Long.parseLong(time.group(1));
                return time.group(2) == null ? Instant.ofEpochSecond(count) : Instant.ofEpochMilli(count);
            }
        }
        return null;
    }

    private EndpointOptions options() {
        Map<String, Object> values = new HashMap<>();
        json.path("options").properties().forEach(option -> values.put(option.getKey(), value(option.getValue())));
        return new EndpointOptions(values);
    }

    private static Object value(JsonNode option) {
        return option.isBoolean() ? (Object) option.asBoolean() : option.asText();
    }

    private static Instant now(JsonNode json) {
        if (json.has("now_ms")) {
            return Instant.ofEpochMilli(json.path("now_ms").asLong());
        }
        long signed = json.path("header").path("x-timestamp").asLong(0);
        return Instant.ofEpochSecond(json.path("now_s").asLong(signed + 60));
    }

    private static Map<String, String> headers(JsonNode json) {
        Map<String, String> headers = new TreeMap<>();
        json.path("header")
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asText()));
        return headers;
    }

    private static byte[] body(JsonNode json) {
        if (json.has("file")) {
            return Fixtures.bytes(json.path("file").asText());
        }
        return utf8(json.has("body") ? json.path("body").asText() : form(json.path("params")));
    }

    private static String form(JsonNode params) {
        return params.properties().stream()
                .map(param ->
                        encoded(param.getKey()) + "=" + encoded(param.getValue().asText()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
