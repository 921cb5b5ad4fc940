package io.switchboard.bench.attack;

import io.switchboard.bench.Api;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A webhook endpoint of an organization and the secret that its provider signs with. */
record Endpoint(URI url, String secret) {

    static Endpoint create(String voice, String accessToken, String provider) {
        var made = Api.post(
                voice + "/api/webhook-endpoints", accessToken, Map.of("provider", provider, "label", "Front desk"));
        return new Endpoint(
                URI.create(made.path("url").asText()), made.path("secret").asText());
    }

    /** A signed delivery of Vapi. */
    byte[] vapi(String body) {
        return request(url.getPath(), "Content-Type: application/json\r\nX-Vapi-Secret: " + secret + "\r\n", body);
    }

    /** A signed delivery of Twilio with a JSON body. */
    byte[] twilioJson(String body) {
        var query = "?bodySHA256=" + sha256(body);
        return request(
                url.getPath() + query,
                "Content-Type: application/json\r\nX-Twilio-Signature: " + twilioSignature(url + query) + "\r\n",
                body);
    }

    /** An unsigned form. */
    byte[] forgedForm(String body) {
        return request(
                url.getPath(),
                "Content-Type: application/x-www-form-urlencoded\r\nX-Twilio-Signature: AAAAAAAAAAAAAAAAAAAAAAAAAAA=\r\n",
                body);
    }

    private static byte[] request(String path, String headers, String body) {
        return (Wire.post(path, headers, body.length()) + body).getBytes(StandardCharsets.ISO_8859_1);
    }

    private String twilioSignature(String signed) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String sha256(String body) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.ISO_8859_1)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
