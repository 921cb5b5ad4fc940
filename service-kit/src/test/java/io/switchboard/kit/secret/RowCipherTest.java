package io.switchboard.kit.secret;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig2026;
import com.google.crypto.tink.aead.AesGcmParameters;
import io.switchboard.kit.test.Keysets;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RowCipherTest {
    private static final byte[] CLEAR = "auth token".getBytes(StandardCharsets.UTF_8);
    private static final UUID ACME = UUID.randomUUID();
    private static final String TABLE = "webhook_endpoints";

    private final String keyset = RowCipher.newKeyset();
    private final RowCipher cipher = cipher(keyset);

    @Test
    void a_value_opens_in_its_own_row_alone() {
        var sealed = seal(cipher);
        assertArrayEquals(CLEAR, cipher.open(sealed, ACME, TABLE, 7));
        refuses(cipher, sealed, UUID.randomUUID(), TABLE, 7);
        refuses(cipher, sealed, ACME, "api_keys", 7);
        refuses(cipher, sealed, ACME, TABLE, 8);
    }

    @Test
    void a_changed_value_does_not_open() {
        for (int at = 0; at < seal(cipher).length; at++) {
            var sealed = seal(cipher);
            sealed[at] ^= 1;
            refuses(cipher, sealed, ACME, TABLE, 7);
        }
        refuses(cipher, new byte[0], ACME, TABLE, 7);
        refuses(cipher, CLEAR, ACME, TABLE, 7);
    }

    @Test
    void each_value_has_a_data_key_of_its_own() {
        assertNotEquals(wrappedKey(seal(cipher)), wrappedKey(seal(cipher)));
        assertFalse(text(seal(cipher)).contains(text(CLEAR)));
    }

    @Test
    void a_value_names_the_key_that_wraps_it() {
        assertEquals(cipher.version(), RowCipher.versionOf(seal(cipher)));
        var other = cipher(RowCipher.newKeyset());
        assertNotEquals(cipher.version(), other.version());
        assertEquals(other.version(), RowCipher.versionOf(seal(other)));
    }

    @Test
    void a_new_primary_key_seals_and_the_old_one_still_opens() {
        var old = seal(cipher);
        var both = Keysets.withNewPrimary(keyset);
        var renewed = cipher(both);
        assertArrayEquals(CLEAR, renewed.open(old, ACME, TABLE, 7));
        assertNotEquals(cipher.version(), renewed.version());
        refuses(cipher, seal(renewed), ACME, TABLE, 7);
        var onlyNew = cipher(Keysets.primaryAlone(both));
        assertArrayEquals(CLEAR, onlyNew.open(seal(renewed), ACME, TABLE, 7));
        refuses(onlyNew, old, ACME, TABLE, 7);
    }

    @Test
    void a_key_that_ciphertexts_do_not_name_is_refused() throws GeneralSecurityException {
        var raw = AesGcmParameters.builder()
                .setKeySizeBytes(32)
                .setIvSizeBytes(12)
                .setTagSizeBytes(16)
                .setVariant(AesGcmParameters.Variant.NO_PREFIX)
                .build();
        var keyset = TinkJsonProtoKeysetFormat.serializeKeyset(
                KeysetHandle.generateNew(raw, AeadConfig2026.get()),
                AeadConfig2026.get(),
                InsecureSecretKeyAccess.get());
        assertThrows(IllegalArgumentException.class, () -> new RowCipher(Secret.valueOf(keyset)));
    }

    private static byte[] seal(RowCipher cipher) {
        return cipher.seal(CLEAR, ACME, TABLE, 7);
    }

    private static void refuses(RowCipher cipher, byte[] sealed, UUID orgId, String table, Object id) {
        assertThrows(IllegalStateException.class, () -> cipher.open(sealed, orgId, table, id));
    }

    /** Its length precedes it. */
    private static String wrappedKey(byte[] sealed) {
        return text(sealed).substring(4, 4 + sealed[3]);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static RowCipher cipher(String keyset) {
        return Keysets.cipher(keyset);
    }
}
