package io.switchboard.kit.test;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig2026;
import io.switchboard.kit.secret.RowCipher;
import io.switchboard.kit.secret.Secret;
import java.security.GeneralSecurityException;

/** Keysets of {@code switchboard.seal.keyset}, changed as an operator changes them to renew a key. */
public final class Keysets {
    private Keysets() {}

    /** With a new key in front of the others, which go on opening. */
    public static String withNewPrimary(String keyset) {
        try {
            var added = read(RowCipher.newKeyset()).getPrimary();
            return text(KeysetHandle.newBuilder(read(keyset))
                    .addEntry(KeysetHandle.importKey(added.getKey())
                            .withFixedId(added.getId())
                            .makePrimary())
                    .build());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The primary key without the older ones. */
    public static String primaryAlone(String keyset) {
        try {
            var primary = read(keyset).getPrimary();
            return text(alone(primary));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first key without the newer ones: the keyset as it was before. */
    public static String oldestAlone(String keyset) {
        try {
            return text(alone(read(keyset).getAt(0)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static RowCipher cipher(String keyset) {
        try {
            return new RowCipher(Secret.valueOf(keyset));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeysetHandle alone(KeysetHandle.Entry entry) throws GeneralSecurityException {
        return KeysetHandle.newBuilder()
                .addEntry(KeysetHandle.importKey(entry.getKey())
                        .withFixedId(entry.getId())
                        .makePrimary())
                .build();
    }

    private static KeysetHandle read(String keyset) throws GeneralSecurityException {
        return TinkJsonProtoKeysetFormat.parseKeyset(keyset, AeadConfig2026.get(), InsecureSecretKeyAccess.get());
    }

    private static String text(KeysetHandle keys) throws GeneralSecurityException {
        return TinkJsonProtoKeysetFormat.serializeKeyset(keys, AeadConfig2026.get(), InsecureSecretKeyAccess.get());
    }
}
