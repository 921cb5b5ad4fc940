package io.switchboard.kit.secret;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** HMAC-SHA256 under a key outside the database: equal values have equal fingerprints, and without the key values cannot be guessed. */
@ApplicationScoped
public class Fingerprint {
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    Fingerprint(@ConfigProperty(name = "switchboard.hmac-key") Secret key) {
        var bytes = Base64.getDecoder().decode(key.reveal().trim());
        if (bytes.length < 32) {
            throw new IllegalArgumentException(
                    "Set switchboard.hmac-key to 32 random bytes or more, base64-encoded (found " + bytes.length
                            + " bytes)");
        }
        this.key = new SecretKeySpec(bytes, ALGORITHM);
    }

    public byte[] of(byte[] value) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(value);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Hexadecimal. */
    public String of(String value) {
        return HexFormat.of().formatHex(of(value.getBytes(StandardCharsets.UTF_8)));
    }
}
