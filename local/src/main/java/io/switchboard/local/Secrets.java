package io.switchboard.local;

import io.switchboard.kit.secret.RowCipher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.function.Supplier;

/** The suite's random secrets: made once, one file each, readable by their owner alone. */
public final class Secrets {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path folder;

    public Secrets(Path folder) {
        this.folder = folder;
    }

    /** Password of PostgreSQL's superuser, where the launcher runs it. */
    public Path superuser() {
        return file("postgres", Secrets::password);
    }

    /** Password of a database role, {@code crm_app} for example. */
    public Path role(String role) {
        return file("role-" + role, Secrets::password);
    }

    /** What the service shows at {@code /oauth2/token}. */
    public Path client(Service service) {
        return file("client-" + service.module(), Secrets::password);
    }

    /** The Tink keyset that seals the service's columns. */
    public Path seal(Service service) {
        return file("seal-" + service.module() + ".json", RowCipher::newKeyset);
    }

    /** Key of the service's fingerprints. */
    public Path hmac(Service service) {
        return file("hmac-" + service.module(), Secrets::key);
    }

    public Path pinPepper() {
        return file("pin-pepper", Secrets::key);
    }

    /** Signs the audit log's checkpoints. */
    public Path auditSigningKey() {
        return file("audit-signing-key.pem", Secrets::signingKey);
    }

    /** Password of the first operator. */
    public Path operator() {
        return file("operator", Secrets::password);
    }

    static String read(Path secret) {
        try {
            return Files.readString(secret).strip();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private synchronized Path file(String name, Supplier<String> maker) {
        Path file = folder.resolve(name);
        if (!Files.exists(file)) {
            PrivateFile.write(file, maker.get());
        }
        return file;
    }

    /** 256 bits, in letters that need no quoting anywhere. */
    private static String password() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random());
    }

    private static String key() {
        return Base64.getEncoder().encodeToString(random());
    }

    /** Ed25519, PKCS#8 in PEM. */
    private static String signingKey() {
        try {
            byte[] key = KeyPairGenerator.getInstance("Ed25519")
                    .generateKeyPair()
                    .getPrivate()
                    .getEncoded();
            return "-----BEGIN PRIVATE KEY-----\n" + Base64.getEncoder().encodeToString(key)
                    + "\n-----END PRIVATE KEY-----\n";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] random() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
