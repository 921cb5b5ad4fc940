package io.switchboard.kit.secret;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig2026;
import com.google.crypto.tink.aead.KmsEnvelopeAead;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Encrypts the secrets that the database stores (AES-256-GCM by Tink), each for its own row: moved to another organization,
 * table or id it does not open. Each value has a data key of its own, which is stored with it, wrapped by the primary key of
 * {@code switchboard.seal.keyset}. The other keys of the keyset only open.
 */
@ApplicationScoped
public class RowCipher {
    private static final int VERSION_AT =
            5; // after the length of the wrapped data key, 4 bytes, and Tink's prefix byte

    private final Aead aead;
    private final long version;

    /** Fails with IllegalArgumentException where ciphertexts would not tell their key. */
    public RowCipher(@ConfigProperty(name = "switchboard.seal.keyset") Secret keyset) throws GeneralSecurityException {
        var configuration = AeadConfig2026.get();
        var master =
                TinkJsonProtoKeysetFormat.parseKeyset(keyset.reveal(), configuration, InsecureSecretKeyAccess.get());
        aead = KmsEnvelopeAead.create(
                PredefinedAeadParameters.AES256_GCM, master.getPrimitive(configuration, Aead.class));
        version = Integer.toUnsignedLong(master.getPrimary().getId());
        if (versionOf(aead.encrypt(new byte[0], new byte[0])) != version) {
            throw new IllegalArgumentException(
                    "Make the primary key of switchboard.seal.keyset with the output prefix TINK: ciphertexts must name their key");
        }
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

    /** The id of the primary key, which wraps the data keys of new values. */
    public long version() {
        return version;
    }

    /** The id of the key that wraps this value's data key; the SQL function {@code sealed_key_version} reads the same. */
    public static long versionOf(byte[] sealed) {
        return Integer.toUnsignedLong(ByteBuffer.wrap(sealed).getInt(VERSION_AT));
    }

    /** @param id what identifies the row within its table, and whatever else of the row the value must not survive */
    public byte[] seal(byte[] clear, UUID orgId, String table, Object id) {
        try {
            return aead.encrypt(clear, place(orgId, table, id));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Sealing a secret for " + table + " failed", e);
        }
    }

    /** Fails with IllegalStateException where the value was sealed for another row, was changed, or its key is gone. */
    public byte[] open(byte[] sealed, UUID orgId, String table, Object id) {
        try {
            return aead.decrypt(sealed, place(orgId, table, id));
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new IllegalStateException(
                    "A secret in " + table + " does not open: it was moved or changed, or its key left the keyset", e);
        }
    }

    private static byte[] place(UUID orgId, String table, Object id) {
        return (orgId + "/" + table + "/" + id).getBytes(StandardCharsets.UTF_8);
    }
}
