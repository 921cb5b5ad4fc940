package io.switchboard.audit.checkpoint;

import io.switchboard.audit.format.Checkpoint;
import io.switchboard.audit.format.NoteSigner;
import io.switchboard.audit.format.SignedNote;
import io.switchboard.audit.format.VerifierKey;
import io.switchboard.kit.secret.Secret;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The keys that sign checkpoints. One set signs for all organizations; a key's name has the organization, so each has its own. */
@ApplicationScoped
public class SigningKeys {
    private final String origin;
    private final List<SigningKey> keys;

    SigningKeys(
            @ConfigProperty(name = "switchboard.audit.signing-key") Optional<Secret> keys,
            @ConfigProperty(name = "switchboard.audit.origin") Optional<String> origin,
            @ConfigProperty(name = "switchboard.issuer") String issuer) {
        this.origin = checked(origin.orElseGet(() -> URI.create(issuer).getHost() + "/audit"));
        this.keys = keys.map(pem -> PemKeys.read(pem.reveal(), this.origin)).orElse(List.of());
    }

    /** Names the installation. */
    public String origin() {
        return origin;
    }

    /** Names an organization's tree and its keys. */
    public String origin(UUID org) {
        return origin + "/" + org;
    }

    /** False only in mode {@code local}. */
    public boolean isConfigured() {
        return !keys.isEmpty();
    }

    /** The public keys under which an organization's checkpoints verify, the newest first; those that no longer sign, too. */
    public List<VerifierKey> verifierKeys(UUID org) {
        return keys.stream().map(key -> key.verifierKey().named(origin(org))).toList();
    }

    /** A checkpoint as a signed note, with the time. It takes about a millisecond a key. Fails if no key signs now. */
    public String sign(UUID org, long size, byte[] root, Instant now) {
        var name = origin(org);
        var signers = new ArrayList<NoteSigner>();
        for (var key : keys) {
            if (key.signer() != null && key.signsAt(now)) {
                signers.add(key.signer().named(name));
            }
        }
        if (signers.isEmpty()) {
            throw new IllegalStateException("No key of SWITCHBOARD_AUDIT_SIGNING_KEY signs at this time.");
        }
        return SignedNote.sign(new Checkpoint(name, size, root), now, signers).encoded();
    }

    List<SigningKey> all() {
        return keys;
    }

    private static String checked(String origin) {
        if (!origin.matches("[A-Za-z0-9._:\\[\\]-]+(/[A-Za-z0-9._~-]+)*") || origin.length() > 200) {
            throw new IllegalArgumentException(
                    "SWITCHBOARD_AUDIT_ORIGIN must be a host and a path without a scheme, such as auth.example.com/audit.");
        }
        return origin;
    }
}
