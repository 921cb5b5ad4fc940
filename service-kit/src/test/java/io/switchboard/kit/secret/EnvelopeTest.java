package io.switchboard.kit.secret;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig2026;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.Test;

class EnvelopeTest {
    static final Secret CLEAR = Secret.valueOf("sk-live-0123456789");
    static final String PLACE = "acme/groq/1";

    final KeysetHandle first = keyset();
    final Envelope envelope = envelope(first);

    @Test
    void what_is_sealed_opens_in_its_own_place_alone() {
        var sealed = envelope.seal(CLEAR, PLACE);
        assertEquals(CLEAR.reveal(), envelope.open(sealed, PLACE).reveal());
        for (var elsewhere : new String[] {"globex/groq/1", "acme/openai/1", "acme/groq/2", ""}) {
            assertThrows(IllegalStateException.class, () -> envelope.open(sealed, elsewhere));
        }
        sealed[sealed.length - 1] ^= 1;
        assertThrows(IllegalStateException.class, () -> envelope.open(sealed, PLACE));
        assertThrows(IllegalStateException.class, () -> envelope.open(new byte[0], PLACE));
    }

    @Test
    void each_value_has_a_data_key_of_its_own() {
        var sealed = envelope.seal(CLEAR, PLACE);
        var again = envelope.seal(CLEAR, PLACE);
        assertNotEquals(wrapped(sealed), wrapped(again));
        assertFalse(text(sealed).contains(CLEAR.reveal()));
    }

    @Test
    void under_a_new_primary_key_the_version_is_another_and_old_ones_still_open() throws GeneralSecurityException {
        var sealed = envelope.seal(CLEAR, PLACE);
        var next = keyset().getPrimary();
        var rotated = envelope(KeysetHandle.newBuilder(first)
                .addEntry(KeysetHandle.importKey(next.getKey())
                        .withFixedId(next.getId())
                        .makePrimary())
                .build());
        assertNotEquals(envelope.version(), rotated.version());
        assertEquals(CLEAR.reveal(), rotated.open(sealed, PLACE).reveal());
        var renewed = rotated.seal(CLEAR, PLACE);
        assertThrows(IllegalStateException.class, () -> envelope.open(renewed, PLACE));
    }

    /** The length of the wrapped data key stands before it. */
    static String wrapped(byte[] sealed) {
        return text(sealed).substring(4, 4 + sealed[3]);
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    static KeysetHandle keyset() {
        try {
            return KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, AeadConfig2026.get());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static Envelope envelope(KeysetHandle keyset) {
        try {
            return new Envelope(Secret.valueOf(TinkJsonProtoKeysetFormat.serializeKeyset(
                    keyset, AeadConfig2026.get(), InsecureSecretKeyAccess.get())));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
