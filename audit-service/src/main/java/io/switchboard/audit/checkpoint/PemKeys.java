package io.switchboard.audit.checkpoint;

import io.switchboard.audit.format.NoteSigner;
import io.switchboard.audit.format.VerifierKey;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the keys of checkpoints: PEM blocks, the newest first. A private key (PKCS#8) signs; a public one only verifies what it once
 * signed. A line {@code from: 2026-11-20T00:00:00Z} above a block says since when the key signs; the one after it signs seven days
 * longer. Empty lines and those that begin with # count for nothing.
 */
final class PemKeys {
    private static final Duration OVERLAP = Duration.ofDays(7);
    private static final int MOST = 16;
    private static final String FROM = "from:";
    private static final byte[] PUBLIC =
            HexFormat.of().parseHex("302a300506032b6570032100"); // before the key's 32 bytes

    private final String origin;
    private final List<SigningKey> keys = new ArrayList<>();
    private @Nullable Instant from;
    private @Nullable String label; // of the block that is being read
    private final StringBuilder block = new StringBuilder();

    private PemKeys(String origin) {
        this.origin = origin;
    }

    /** Fails in words that repeat nothing of the text. */
    static List<SigningKey> read(String pem, String origin) {
        var reader = new PemKeys(origin);
        pem.lines().map(String::strip).forEach(reader::line);
        if (reader.label != null || reader.from != null || reader.keys.isEmpty() || reader.keys.size() > MOST) {
            throw refused("must be one to " + MOST + " PEM keys");
        }
        if (reader.keys.stream().allMatch(key -> key.signer() == null)) {
            throw refused("has no private key");
        }
        return List.copyOf(reader.keys);
    }

    private void line(String line) {
        if (label != null) {
            inBlock(line);
        } else if (line.startsWith("-----BEGIN ") && line.endsWith("-----")) {
            label = line.substring(11, line.length() - 5);
        } else if (line.startsWith(FROM) && from == null) {
            from = time(line.substring(FROM.length()).strip());
        } else if (!line.isEmpty() && !line.startsWith("#")) {
            throw refused("has a line that is no part of a PEM key and no \"from: 2026-11-20T00:00:00Z\"");
        }
    }

    private void inBlock(String line) {
        if (!line.startsWith("-----END ")) {
            block.append(line);
            return;
        }
        keys.add(key(bytes()));
        block.setLength(0);
        label = null;
        from = null;
    }

    private SigningKey key(byte[] der) {
        var newer = keys.isEmpty() ? null : keys.get(keys.size() - 1).from();
        if (newer != null && from != null && !from.isBefore(newer)) {
            throw refused("must begin with the newest key: a key signs from an earlier time than those above it");
        }
        var until = newer == null ? null : newer.plus(OVERLAP);
        if ("PRIVATE KEY".equals(label)) {
            var signer = signer(der);
            return new SigningKey(signer, signer.verifierKey(), from, until);
        }
        return new SigningKey(null, new VerifierKey(origin, publicKey(der)), from, until);
    }

    private NoteSigner signer(byte[] der) {
        try {
            return new NoteSigner(
                    origin, KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(der)));
        } catch (GeneralSecurityException | IllegalArgumentException otherKey) {
            throw noKey();
        }
    }

    private byte[] publicKey(byte[] der) {
        if (!"PUBLIC KEY".equals(label)
                || der.length != PUBLIC.length + 32
                || !Arrays.equals(PUBLIC, Arrays.copyOf(der, PUBLIC.length))) {
            throw noKey();
        }
        return Arrays.copyOfRange(der, PUBLIC.length, der.length);
    }

    private byte[] bytes() {
        try {
            return Base64.getDecoder().decode(block.toString());
        } catch (IllegalArgumentException notBase64) {
            throw noKey();
        }
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException noTime) {
            throw refused("has a \"from:\" without a time such as 2026-11-20T00:00:00Z");
        }
    }

    /** Without a cause: theirs may quote what they read. */
    private static IllegalArgumentException noKey() {
        return refused("has a key that is not Ed25519 in PKCS#8 PEM");
    }

    private static IllegalArgumentException refused(String what) {
        return new IllegalArgumentException(
                "SWITCHBOARD_AUDIT_SIGNING_KEY (or SWITCHBOARD_AUDIT_SIGNING_KEY_FILE) " + what + ".");
    }
}
