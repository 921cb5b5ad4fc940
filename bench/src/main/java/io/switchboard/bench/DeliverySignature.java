package io.switchboard.bench;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** What a provider proves with that a delivery is its own, as headers of the request. */
final class DeliverySignature {
    private static final Ed25519PrivateKeyParameters TELNYX = new Ed25519PrivateKeyParameters(new SecureRandom());

    private final String secret;

    /** @param secret of the endpoint */
    DeliverySignature(String secret) {
        this.secret = secret;
    }

    /** Telnyx's public key, which an endpoint is given; the service makes the others' secrets. */
    static String telnyxPublicKey() {
        return base64(TELNYX.generatePublicKey().getEncoded());
    }

    /** @param fields of a form, in the order in which they are signed */
    String headers(String provider, String url, byte[] body, String fields) {
        long now = System.currentTimeMillis();
        String millis = Long.toString(now);
        String seconds = Long.toString(now / 1_000);
        return switch (provider) {
            case "vapi" -> header("X-Timestamp", seconds) + header("X-Signature", hex(sha256(seconds + ".", body, "")));
            case "twilio" -> header("X-Twilio-Signature", base64(mac("HmacSHA1", utf8(secret), utf8(url + fields))));
            case "telnyx" ->
                header("telnyx-timestamp", seconds)
                        + header("telnyx-signature-ed25519", base64(ed25519(joined(seconds + "|", body, ""))));
            case "retell" -> header("x-retell-signature", "v=" + millis + ",d=" + hex(sha256("", body, millis)));
            case "elevenlabs" ->
                header("ElevenLabs-Signature", "t=" + seconds + ",v0=" + hex(sha256(seconds + ".", body, "")));
            case "plivo" -> plivo(url, fields);
            case "vonage" -> header("Authorization", "Bearer " + vonageToken(seconds, body));
            case "standard" -> standard(seconds, body);
            default -> throw new IllegalArgumentException("Say how " + provider + " signs.");
        };
    }

    private String plivo(String url, String fields) {
        String nonce = ProviderDelivery.id().toString();
        byte[] mac = mac("HmacSHA256", utf8(secret), utf8(url + "?" + fields + "." + nonce));
        return header("X-Plivo-Signature-V3-Nonce", nonce) + header("X-Plivo-Signature-V3", base64(mac));
    }

    private String vonageToken(String seconds, byte[] body) {
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        String claims = "{\"iat\":%s,\"jti\":\"%s\",\"iss\":\"Vonage\",\"payload_hash\":\"%s\"}"
                .formatted(seconds, ProviderDelivery.id(), hex(digest(body)));
        String signed = encoder.encodeToString(utf8("{\"alg\":\"HS256\",\"typ\":\"JWT\"}")) + "."
                + encoder.encodeToString(utf8(claims));
        return signed + "." + encoder.encodeToString(mac("HmacSHA256", utf8(secret), utf8(signed)));
    }

    private String standard(String seconds, byte[] body) {
        String id = "msg_" + ProviderDelivery.id();
        byte[] key = Base64.getDecoder().decode(secret.replaceFirst("^whsec_", ""));
        byte[] mac = mac("HmacSHA256", key, joined(id + "." + seconds + ".", body, ""));
        return header("webhook-id", id)
                + header("webhook-timestamp", seconds)
                + header("webhook-signature", "v1," + base64(mac));
    }

    private byte[] sha256(String before, byte[] body, String after) {
        return mac("HmacSHA256", utf8(secret), joined(before, body, after));
    }

    private static String header(String name, String value) {
        return name + ": " + value + "\r\n";
    }

    private static byte[] joined(String before, byte[] body, String after) {
        byte[] first = utf8(before);
        byte[] last = utf8(after);
        byte[] all = new byte[first.length + body.length + last.length];
        System.arraycopy(first, 0, all, 0, first.length);
        System.arraycopy(body, 0, all, first.length, body.length);
        System.arraycopy(last, 0, all, first.length + body.length, last.length);
        return all;
    }

    private static byte[] ed25519(byte[] message) {
        byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
        TELNYX.sign(Ed25519.Algorithm.Ed25519, null, message, 0, message.length, signature, 0);
        return signature;
    }

    private static byte[] mac(String algorithm, byte[] key, byte[] text) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            return mac.doFinal(text);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] digest(byte[] body) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(body);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
