package io.switchboard.kit.secret;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig2026;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Encrypts what must be readable again (AES-256-GCM by Tink), bound to its row: moved to another organization, table or
 * id it does not open. The keyset is JSON kept outside the database; new keys join it, old ones go on opening.
 */
@ApplicationScoped
public class Seal {
    private final Aead aead;

    Seal(@ConfigProperty(name = "switchboard.seal.keyset") Secret keyset) throws GeneralSecurityException {
        var configuration = AeadConfig2026.get();
        aead = TinkJsonProtoKeysetFormat.parseKeyset(keyset.reveal(), configuration, InsecureSecretKeyAccess.get())
                .getPrimitive(configuration, Aead.class);
    }

    /** A keyset with one new key, as {@code switchboard.seal.keyset} takes it. */
    public static String newKeyset() {
        try {
            var configuration = AeadConfig2026.get();
            var keys = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, configuration);
            return TinkJsonProtoKeysetFormat.serializeKeyset(keys, configuration, InsecureSecretKeyAccess.get());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-256-GCM is missing", e);
        }
    }

    public byte[] seal(byte[] clear, UUID orgId, String table, Object id) {
        try {
            return aead.encrypt(clear, place(orgId, table, id));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Sealing failed", e);
        }
    }

    /** Fails with IllegalStateException where the bytes were sealed elsewhere, for another row, or changed since. */
    public byte[] open(byte[] sealed, UUID orgId, String table, Object id) {
        try {
            return aead.decrypt(sealed, place(orgId, table, id));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("What was sealed for " + table + " cannot be opened", e);
        }
    }

    private static byte[] place(UUID orgId, String table, Object id) {
        return (orgId + "/" + table + "/" + id).getBytes(StandardCharsets.UTF_8);
    }
}
