package io.switchboard.voice.provider;

import io.switchboard.voice.Front;
import io.switchboard.voice.signature.Form;
import io.switchboard.voice.signature.Signature;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A delivery that its provider has signed, whatever is in its body.
 *
 * @param query with its question mark; empty without one
 */
public record SignedDelivery(String query, Map<String, String> headers, byte[] body) {
    public static final String FORM = "application/x-www-form-urlencoded";
    private static final KeyPair ED25519 = ed25519();

    /** Null where the service makes the secret; a public key of the provider's, for example, it cannot make. */
    public static String secret(String provider) {
        return provider.equals("telnyx") ? base64(rawPublicKey()) : null;
    }

    public static SignedDelivery of(Front front, String mediaType, byte[] body) {
        var at = Instant.now();
        var seconds = Long.toString(at.getEpochSecond());
        var millis = Long.toString(at.toEpochMilli());
        return switch (front.provider()) {
            case "vapi" ->
                signed(mediaType, body, "x-timestamp", millis, "x-signature", hex(front, millis + ".", body, ""));
            case "twilio" -> mediaType.equals(FORM) ? twilioForm(front, body) : twilioHashed(front, mediaType, body);
            case "retell" ->
                signed(mediaType, body, "x-retell-signature", "v=" + millis + ",d=" + hex(front, "", body, millis));
            case "elevenlabs" ->
                signed(
                        mediaType,
                        body,
                        "ElevenLabs-Signature",
                        "t=" + seconds + ",v0=" + hex(front, seconds + ".", body, ""));
            case "telnyx" ->
                signed(
                        mediaType,
                        body,
                        "telnyx-timestamp",
                        seconds,
                        "telnyx-signature-ed25519",
                        base64(ed25519(Signature.utf8(seconds + "|"), body)));
            case "plivo" -> plivo(front, mediaType, body);
            case "vonage" -> signed(mediaType, body, "Authorization", "Bearer " + vonageToken(front, seconds, body));
            case "standard" -> standard(front, mediaType, seconds, body);
            default -> throw new IllegalArgumentException("Say how " + front.provider() + " signs.");
        };
    }

    private static SignedDelivery signed(String mediaType, byte[] body, String... headers) {
        var all = new TreeMap<>(Map.of("Content-Type", mediaType));
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], headers[i + 1]);
        }
        return new SignedDelivery("", all, body);
    }

    /** Over the URL and the fields in the order of their names, each value once. */
    private static SignedDelivery twilioForm(Front front, byte[] body) {
        var signed = new StringBuilder(front.url());
        new TreeMap<>(Form.parse(body).values())
                .forEach((name, values) -> values.stream().distinct().sorted().forEach(value -> signed.append(name)
                        .append(value)));
        var mac = mac(front, "HmacSHA1", Signature.utf8(signed.toString()));
        return signed(FORM, body, "X-Twilio-Signature", base64(mac));
    }

    private static SignedDelivery twilioHashed(Front front, String mediaType, byte[] body) {
        var query = "?bodySHA256=" + Signature.hex(Signature.sha256(body));
        var mac = mac(front, "HmacSHA1", Signature.utf8(front.url() + query));
        return new SignedDelivery(query, Map.of("Content-Type", mediaType, "X-Twilio-Signature", base64(mac)), body);
    }

    private static SignedDelivery plivo(Front front, String mediaType, byte[] body) {
        var nonce = UUID.randomUUID().toString();
        var fields = new TreeMap<>(Form.parse(body).values())
                .entrySet().stream()
                        .flatMap(field -> field.getValue().stream().sorted().map(value -> field.getKey() + value))
                        .collect(Collectors.joining());
        var query = fields.isEmpty() ? "" : "?" + fields;
        var mac = mac(front, "HmacSHA256", Signature.utf8(front.url() + query + "." + nonce));
        return signed(mediaType, body, "X-Plivo-Signature-V3-Nonce", nonce, "X-Plivo-Signature-V3", base64(mac));
    }

    private static String vonageToken(Front front, String seconds, byte[] body) {
        var claims = "{\"iat\":%s,\"jti\":\"%s\",\"iss\":\"Vonage\",\"payload_hash\":\"%s\"}"
                .formatted(seconds, UUID.randomUUID(), Signature.hex(Signature.sha256(body)));
        var encoder = Base64.getUrlEncoder().withoutPadding();
        var signed = encoder.encodeToString(Signature.utf8("{\"alg\":\"HS256\",\"typ\":\"JWT\"}")) + "."
                + encoder.encodeToString(Signature.utf8(claims));
        return signed + "." + encoder.encodeToString(mac(front, "HmacSHA256", Signature.utf8(signed)));
    }

    private static SignedDelivery standard(Front front, String mediaType, String seconds, byte[] body) {
        var id = "msg_" + UUID.randomUUID();
        var key = Base64.getDecoder().decode(front.secret().replaceFirst("^whsec_", ""));
        var mac = Signature.hmac("HmacSHA256", key, Signature.utf8(id + "." + seconds + "."), body);
        return signed(
                mediaType,
                body,
                "webhook-id",
                id,
                "webhook-timestamp",
                seconds,
                "webhook-signature",
                "v1," + base64(mac));
    }

    private static String hex(Front front, String before, byte[] body, String after) {
        return Signature.hex(mac(front, "HmacSHA256", Signature.utf8(before), body, Signature.utf8(after)));
    }

    private static byte[] mac(Front front, String algorithm, byte[]... parts) {
        return Signature.hmac(algorithm, front.secret().getBytes(StandardCharsets.UTF_8), parts);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] ed25519(byte[]... parts) {
        try {
            var signature = java.security.Signature.getInstance("Ed25519");
            signature.initSign(ED25519.getPrivate());
            for (var part : List.of(parts)) {
                signature.update(part);
            }
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair ed25519() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The last 32 bytes of its X.509 form. */
    private static byte[] rawPublicKey() {
        var encoded = ED25519.getPublic().getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
    }
}
