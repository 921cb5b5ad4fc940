package io.switchboard.kit.test;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.util.Arrays;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;

/** Compact JWE (RFC 7516) by RSA-OAEP-256 and A256GCM. */
final class Jwe {
    private static final int TAG = 16; // bytes

    private Jwe() {}

    static String encrypt(Map<String, Object> header, String text, RSAPublicKey recipient) {
        try {
            var random = new SecureRandom();
            var key = new byte[32];
            var iv = new byte[12];
            random.nextBytes(key);
            random.nextBytes(iv);
            var protectedHeader = Jws.encode(new JsonObject(header).encode());
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(8 * TAG, iv));
            cipher.updateAAD(protectedHeader.getBytes(StandardCharsets.US_ASCII));
            var sealed = cipher.doFinal(text.getBytes(StandardCharsets.UTF_8));
            var end = sealed.length - TAG;
            return String.join(
                    ".",
                    protectedHeader,
                    Jws.encode(wrap(key, recipient)),
                    Jws.encode(iv),
                    Jws.encode(Arrays.copyOf(sealed, end)),
                    Jws.encode(Arrays.copyOfRange(sealed, end, sealed.length)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] wrap(byte[] key, RSAPublicKey recipient) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
        cipher.init(
                Cipher.ENCRYPT_MODE,
                recipient,
                new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT));
        return cipher.doFinal(key);
    }
}
