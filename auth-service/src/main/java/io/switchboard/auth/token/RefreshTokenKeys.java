package io.switchboard.auth.token;

import io.switchboard.kit.secret.Fingerprint;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Proves that a refresh token is one of ours before the database is asked, and derives from it the one that follows. Both
 * by HMAC-SHA256, under keys that are derived from {@code switchboard.hmac-key} with a label each.
 */
@ApplicationScoped
public class RefreshTokenKeys {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int PROOF_BYTES = 16;

    private final SecretKeySpec proofKey;
    private final SecretKeySpec successorKey;

    RefreshTokenKeys(Fingerprint fingerprint) {
        this.proofKey = key(fingerprint, "refresh token proof");
        this.successorKey = key(fingerprint, "refresh token successor");
    }

    /** The text for its holder, and for nothing else. */
    public String reveal(RefreshToken token) {
        var text = ByteBuffer.allocate(RefreshToken.BYTES + PROOF_BYTES)
                .put(token.bytes())
                .put(proof(token.bytes()));
        return CanonicalBase64.encode(text.array());
    }

    /** Empty unless these keys wrote the text. */
    public Optional<RefreshToken> read(String text) {
        return CanonicalBase64.decode(text)
                .filter(bytes -> bytes.length == RefreshToken.BYTES + PROOF_BYTES)
                .filter(this::proven)
                .map(bytes -> RefreshToken.of(Arrays.copyOf(bytes, RefreshToken.BYTES)));
    }

    /** The same one each time, so that two tabs with one token get one successor. */
    public RefreshToken successor(RefreshToken token) {
        return token.successor(hmac(successorKey, token.bytes()));
    }

    private boolean proven(byte[] bytes) {
        var shown = Arrays.copyOfRange(bytes, RefreshToken.BYTES, bytes.length);
        return MessageDigest.isEqual(shown, proof(Arrays.copyOf(bytes, RefreshToken.BYTES)));
    }

    private byte[] proof(byte[] token) {
        return Arrays.copyOf(hmac(proofKey, token), PROOF_BYTES);
    }

    private static SecretKeySpec key(Fingerprint fingerprint, String label) {
        return new SecretKeySpec(fingerprint.of(label.getBytes(StandardCharsets.UTF_8)), ALGORITHM);
    }

    private static byte[] hmac(SecretKeySpec key, byte[] value) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(value);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
