package io.switchboard.auth.token;

import io.switchboard.kit.token.RsaJwk;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.OffsetDateTime;
import java.util.UUID;
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
        RsaJwk publicKey,
        byte[] sealedPrivateKey,
        OffsetDateTime signsFrom,
        @Nullable OffsetDateTime publishedUntil) {
    private static final String RSA = "RSA";
    private static final int BITS = 2048;

    /** Published only, signing, or published until its last token has expired; in the order of its life. */
    enum State {
        next,
        active,
        retired
    }

    /** A new pair of keys; generating it takes tenths of a second. */
    record Pair(RsaJwk publicKey, PrivateKey privateKey) {
        static Pair generate(UUID id) {
            try {
                var generator = KeyPairGenerator.getInstance(RSA);
                generator.initialize(BITS);
                var pair = generator.generateKeyPair();
                return new Pair(new RsaJwk(id.toString(), (RSAPublicKey) pair.getPublic()), pair.getPrivate());
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("RSA is missing", e);
            }
        }

        UUID id() {
            return UUID.fromString(publicKey.kid());
        }
    }

    static PrivateKey privateKey(byte[] pkcs8) {
        try {
            return KeyFactory.getInstance(RSA).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A stored private key cannot be read", e);
        }
    }
}
