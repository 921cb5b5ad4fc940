package io.switchboard.auth.token;

import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;

/** The keys of a moment: one that signs, and all that are published. */
final class KeyRing {
    private final String kid;
    private final PrivateKey privateKey;
    private final List<RsaJsonWebKey> published;

    KeyRing(String kid, PrivateKey privateKey, List<RsaJsonWebKey> published) {
        this.kid = kid;
        this.privateKey = privateKey;
        this.published = List.copyOf(published);
    }

    String kid() {
        return kid;
    }

    PrivateKey privateKey() {
        return privateKey;
    }

    /** A compact JWS of type at+jwt (RFC 9068); most of a millisecond of processor time. */
    String sign(JwtClaims claims) {
        var jws = new JsonWebSignature();
        jws.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
        jws.setKeyIdHeaderValue(kid);
        jws.setHeader("typ", "at+jwt");
        jws.setPayload(claims.toJson());
        jws.setKey(privateKey);
        try {
            return jws.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("Signing failed", e);
        }
    }

    /** A JWK set (RFC 7517). */
    String jwks() {
        return new JsonWebKeySet(published).toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
    }

    Map<String, PublicKey> publicKeys() {
        return published.stream().collect(Collectors.toMap(JsonWebKey::getKeyId, RsaJsonWebKey::getRsaPublicKey));
    }
}
