package io.switchboard.auth.token;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * A key that signs access tokens, as stored.
 *
 * @param id also its {@code kid}
 * @param signsFrom published before, and in use from then on
 * @param publishedUntil its last token has expired by then; null until it retires
 */
record SigningKey(
        UUID id,
        State state,
        String publicJwk,
        byte[] sealedPrivateKey,
        OffsetDateTime signsFrom,
        @Nullable OffsetDateTime publishedUntil) {
    private static final int BITS = 2048;

    /** Published only, signing, or published until its last token has expired; in the order of its life. */
    enum State {
        next,
        active,
        retired
    }

    /** A new pair of keys; takes tenths of a second. */
    record Pair(UUID id, String publicJwk, byte[] privateKey) {
        static Pair generate(UUID id) {
            try {
                var jwk = RsaJwkGenerator.generateJwk(BITS);
                jwk.setKeyId(id.toString());
                jwk.setAlgorithm(AlgorithmIdentifiers.RSA_USING_SHA256);
                jwk.setUse("sig");
                return new Pair(
                        id,
                        jwk.toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY),
                        jwk.getPrivateKey().getEncoded());
            } catch (JoseException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    RsaJsonWebKey jwk() {
        try {
            return new RsaJsonWebKey(JsonUtil.parseJson(publicJwk));
        } catch (JoseException e) {
            throw new IllegalStateException("A stored public key cannot be read", e);
        }
    }

    static PrivateKey privateKey(byte[] pkcs8) {
        try {
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A stored private key cannot be read", e);
        }
    }
}
