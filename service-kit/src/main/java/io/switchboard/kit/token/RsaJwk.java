package io.switchboard.kit.token;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A public RSA key that verifies signatures, as a JWK set lists it (RFC 7517). */
public record RsaJwk(String kid, RSAPublicKey key) {
    private static final String RSA = "RSA";

    /** The RSA keys of a JWK set by {@code kid}; other keys are left out. Fails with IllegalStateException for any other text. */
    static Map<String, PublicKey> readSet(String json) {
        try {
            return new JsonObject(json)
                    .getJsonArray("keys").stream()
                            .map(JsonObject.class::cast)
                            .filter(jwk -> RSA.equals(jwk.getValue("kty")) && jwk.getValue("kid") instanceof String)
                            .map(RsaJwk::of)
                            .collect(Collectors.toMap(RsaJwk::kid, RsaJwk::key));
        } catch (RuntimeException e) {
            throw new IllegalStateException("The key set of auth-service cannot be read", e);
        }
    }

    public static String writeSet(List<RsaJwk> keys) {
        return JsonObject.of(
                        "keys", new JsonArray(keys.stream().map(RsaJwk::json).toList()))
                .encode();
    }

    public static RsaJwk of(JsonObject jwk) {
        var spec = new RSAPublicKeySpec(number(jwk.getString("n")), number(jwk.getString("e")));
        try {
            return new RsaJwk(jwk.getString("kid"), (RSAPublicKey)
                    KeyFactory.getInstance(RSA).generatePublic(spec));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("No RSA key has this modulus and exponent", e);
        }
    }

    public JsonObject json() {
        return JsonObject.of(
                "kty",
                RSA,
                "use",
                "sig",
                "alg",
                "RS256",
                "kid",
                kid,
                "n",
                text(key.getModulus()),
                "e",
                text(key.getPublicExponent()));
    }

    private static BigInteger number(String base64Url) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(base64Url));
    }

    /** Big-endian without a leading zero byte (RFC 7518, section 2: Base64urlUInt). */
    private static String text(BigInteger number) {
        var bytes = number.toByteArray();
        var sign = bytes[0] == 0 && bytes.length > 1 ? 1 : 0;
        var unsigned = Arrays.copyOfRange(bytes, sign, bytes.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(unsigned);
    }
}
