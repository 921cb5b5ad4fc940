package io.switchboard.kit.secret;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig2026;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SealTest {
    private static final byte[] CLEAR = "auth token".getBytes(StandardCharsets.UTF_8);
    private static final UUID ACME = UUID.randomUUID();

    private static String json(KeysetHandle keyset) throws GeneralSecurityException {
        return TinkJsonProtoKeysetFormat.serializeKeyset(keyset, AeadConfig2026.get(), InsecureSecretKeyAccess.get());
    }

    private static KeysetHandle keyset() throws GeneralSecurityException {
        return KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, AeadConfig2026.get());
    }

    @Test
    void what_is_sealed_opens_in_its_own_row_alone() throws GeneralSecurityException {
        var seal = new Seal(Secret.valueOf(json(keyset())));
        var sealed = seal.seal(CLEAR, ACME, "webhook_endpoints", 7);

        assertArrayEquals(CLEAR, seal.open(sealed, ACME, "webhook_endpoints", 7));
        assertThrows(IllegalStateException.class, () -> seal.open(sealed, UUID.randomUUID(), "webhook_endpoints", 7));
        assertThrows(IllegalStateException.class, () -> seal.open(sealed, ACME, "api_keys", 7));
        assertThrows(IllegalStateException.class, () -> seal.open(sealed, ACME, "webhook_endpoints", 8));
    }

    @Test
    void a_new_key_seals_and_the_old_one_goes_on_opening() throws GeneralSecurityException {
        var old = keyset();
        var sealed = new Seal(Secret.valueOf(json(old))).seal(CLEAR, ACME, "t", 1);
        var next = keyset().getPrimary();
        var rotated = KeysetHandle.newBuilder(old)
                .addEntry(KeysetHandle.importKey(next.getKey())
                        .withFixedId(next.getId())
                        .makePrimary())
                .build();
        assertArrayEquals(CLEAR, new Seal(Secret.valueOf(json(rotated))).open(sealed, ACME, "t", 1));
    }

    @Test
    void a_secret_is_neither_printed_nor_written_as_json() throws JsonProcessingException {
        record Holder(String name, Secret secret) {}
        var holder = new Holder("vapi", Secret.valueOf("hunter2"));
        assertEquals("Holder[name=vapi, secret=***]", holder.toString());
        assertEquals("{\"name\":\"vapi\"}", new ObjectMapper().writeValueAsString(holder));
    }
}
