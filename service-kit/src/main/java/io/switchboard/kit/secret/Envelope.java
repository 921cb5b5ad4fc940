package io.switchboard.kit.secret;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig2026;
import com.google.crypto.tink.aead.KmsEnvelopeAead;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Envelope encryption for what people entrust to us (AES-256-GCM by Tink): each value under a data key of its own, which
 * travels with it, wrapped by the primary key of {@code switchboard.seal.keyset}. Bound to its place: elsewhere it does not open.
 */
@ApplicationScoped
public class Envelope {
    private final Aead aead;
    private final long version;

    Envelope(@ConfigProperty(name = "switchboard.seal.keyset") Secret keyset) throws GeneralSecurityException {
        var configuration = AeadConfig2026.get();
        var master =
                TinkJsonProtoKeysetFormat.parseKeyset(keyset.reveal(), configuration, InsecureSecretKeyAccess.get());
        aead = KmsEnvelopeAead.create(
                PredefinedAeadParameters.AES256_GCM, master.getPrimitive(configuration, Aead.class));
        version = Integer.toUnsignedLong(master.getPrimary().getId());
    }

    /** Which key wraps data keys now: its id in the keyset. Another one tells that the primary key was another then. */
    public long version() {
        return version;
    }

    /**
     * Always under a fresh data key.
     *
     * @param place says whose it is, for example by organization and row
     */
    public byte[] seal(Secret clear, String place) {
        try {
            return aead.encrypt(clear.reveal().getBytes(StandardCharsets.UTF_8), bytes(place));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Sealing failed", e);
        }
    }

    /** Fails with IllegalStateException where it was sealed for another place, changed since, or its key is gone. */
    public Secret open(byte[] sealed, String place) {
        try {
            return Secret.valueOf(new String(aead.decrypt(sealed, bytes(place)), StandardCharsets.UTF_8));
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new IllegalStateException("What was sealed cannot be opened here", e);
        }
    }

    private static byte[] bytes(String place) {
        return place.getBytes(StandardCharsets.UTF_8);
    }
}
