package io.switchboard.auth.token;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import io.switchboard.kit.token.RsaJwk;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The keys of a moment: the one that signs, and all that are published. */
final class KeyRing {
    private final String kid;
    private final PrivateKey privateKey;
    private final List<RsaJwk> published;

    KeyRing(String kid, PrivateKey privateKey, List<RsaJwk> published) {
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

    /** A compact JWS of type at+jwt (RFC 9068), with a {@code jti} of its own; most of a millisecond of processor time. */
    String sign(Map<String, Object> claims) {
        return Jwt.claims(claims)
                .jws()
                .algorithm(SignatureAlgorithm.RS256)
                .type("at+jwt")
                .keyId(kid)
                .sign(privateKey);
    }

    /** A JWK set (RFC 7517). */
    String jwks() {
        return RsaJwk.writeSet(published);
    }

    Map<String, PublicKey> publicKeys() {
        return published.stream().collect(Collectors.toMap(RsaJwk::kid, RsaJwk::key));
    }
}
