package io.switchboard.kit.test;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;

/** Signs access tokens as auth-service does, with a key of the tests' own. */
public final class TestIssuer {
    private final RsaJsonWebKey key;

    TestIssuer() {
        try {
            key = RsaJwkGenerator.generateJwk(2048);
            key.setKeyId("test-" + UUID.randomUUID());
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    TestIssuer(String encodedKeys) {
        try {
            key = (RsaJsonWebKey) JsonWebKey.Factory.newJwk(encodedKeys);
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    String encodedKeys() {
        return key.toJson(JsonWebKey.OutputControlLevel.INCLUDE_PRIVATE);
    }

    String jwks() {
        return new JsonWebKeySet(List.of(key)).toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
    }

    public RsaJsonWebKey key() {
        return key;
    }

    public String person(String role, UUID orgId, UUID id) {
        return signed(
                claims(id.toString(), role, "switchboard", claims -> claims.setClaim("org_id", orgId.toString())));
    }

    /** Of an access key, whose id it is. */
    public String accessKey(String role, UUID orgId, UUID id) {
        return signed(claims(id.toString(), role, "switchboard", claims -> {
            claims.setClaim("org_id", orgId.toString());
            claims.setClaim("key", true);
        }));
    }

    public String service(String name, String audience, String orgId) {
        return signed(claims(name, "service", audience, claims -> {
            claims.setClaim("azp", name);
            if (orgId != null) {
                claims.setClaim("org_id", orgId);
            }
        }));
    }

    /** Claims as auth-service writes them; tests of forged tokens change them. */
    public static JwtClaims claims(String subject, String role, String audience, Consumer<JwtClaims> more) {
        var claims = new JwtClaims();
        claims.setIssuer(FakePeers.ISSUER);
        claims.setAudience(audience);
        claims.setSubject(subject);
        claims.setExpirationTimeMinutesInTheFuture(5);
        claims.setIssuedAtToNow();
        claims.setGeneratedJwtId();
        claims.setStringListClaim("groups", role);
        more.accept(claims);
        return claims;
    }

    public String signed(JwtClaims claims) {
        return signed(claims, Map.of("typ", "at+jwt", "kid", key.getKeyId()), key);
    }

    String signed(JwtClaims claims, Map<String, Object> headers) {
        return signed(claims, headers, key);
    }

    public static String signed(JwtClaims claims, Map<String, Object> headers, RsaJsonWebKey key) {
        return signed(claims.toJson(), headers, key);
    }

    static String signed(String claims, Map<String, Object> headers, RsaJsonWebKey key) {
        try {
            var jws = new JsonWebSignature();
            jws.setPayload(claims);
            jws.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
            headers.forEach(jws::setHeader);
            jws.setKey(key.getPrivateKey());
            return jws.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }
}
