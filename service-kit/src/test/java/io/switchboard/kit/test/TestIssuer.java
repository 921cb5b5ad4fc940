package io.switchboard.kit.test;

import io.switchboard.kit.token.RsaJwk;
import io.vertx.core.json.JsonObject;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/** Signs access tokens as auth-service does, with a key of the tests' own. */
public final class TestIssuer {
    private final RsaJwk key;
    private final PrivateKey privateKey;

    TestIssuer() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            var pair = generator.generateKeyPair();
            key = new RsaJwk("test-" + UUID.randomUUID(), (RSAPublicKey) pair.getPublic());
            privateKey = pair.getPrivate();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    TestIssuer(String encodedKeys) {
        try {
            var keys = new JsonObject(encodedKeys);
            key = RsaJwk.of(keys.getJsonObject("public"));
            privateKey =
                    KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(keys.getBinary("private")));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    String encodedKeys() {
        var pkcs8 = Base64.getUrlEncoder().withoutPadding().encodeToString(privateKey.getEncoded());
        return JsonObject.of("public", key.json(), "private", pkcs8).encode();
    }

    String jwks() {
        return RsaJwk.writeSet(List.of(key));
    }

    public RsaJwk key() {
        return key;
    }

    PrivateKey privateKey() {
        return privateKey;
    }

    public String person(String role, UUID orgId, UUID id) {
        return sign(claims(id.toString(), role, "switchboard", claims -> claims.put("org_id", orgId.toString())));
    }

    /** Of an access key, whose id it is. */
    public String accessKey(String role, UUID orgId, UUID id) {
        return sign(claims(id.toString(), role, "switchboard", claims -> {
            claims.put("org_id", orgId.toString());
            claims.put("key", true);
        }));
    }

    public String service(String name, String audience, String orgId) {
        return sign(claims(name, "service", audience, claims -> {
            claims.put("azp", name);
            if (orgId != null) {
                claims.put("org_id", orgId);
            }
        }));
    }

    /** Claims as auth-service writes them; tests of forged tokens change them. */
    public static Map<String, Object> claims(
            String subject, String role, String audience, Consumer<Map<String, Object>> change) {
        var now = Instant.now().getEpochSecond();
        var claims = new LinkedHashMap<String, Object>();
        claims.put("iss", FakePeers.ISSUER);
        claims.put("aud", audience);
        claims.put("sub", subject);
        claims.put("iat", now);
        claims.put("exp", now + 300);
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("groups", List.of(role));
        change.accept(claims);
        return claims;
    }

    public String sign(Map<String, Object> claims) {
        return sign(header(), claims);
    }

    String sign(Map<String, Object> header, Map<String, Object> claims) {
        return Jws.sign(header, new JsonObject(claims).encode(), privateKey);
    }

    /** As auth-service writes it. */
    Map<String, Object> header() {
        return new LinkedHashMap<>(Map.of("alg", "RS256", "typ", "at+jwt", "kid", key.kid()));
    }
}
