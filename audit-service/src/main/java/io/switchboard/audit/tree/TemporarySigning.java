package io.switchboard.audit.tree;

import io.switchboard.audit.verify.NoteSigner;
import io.switchboard.audit.verify.VerifierKey;
import jakarta.inject.Singleton;
import java.security.KeyPairGenerator;
import java.util.List;
import java.util.UUID;

/** Stands in until the signing keys are there. */
@Singleton
public class TemporarySigning {
    private final NoteSigner signer;

    TemporarySigning() throws Exception {
        signer = new NoteSigner(
                "audit.test",
                KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate());
    }

    public String origin(UUID org) {
        return "audit.test/" + org;
    }

    public List<NoteSigner> signers(UUID org) {
        return List.of(signer.named(origin(org)));
    }

    public List<VerifierKey> keys(UUID org) {
        return List.of(signer.named(origin(org)).verifierKey());
    }
}
