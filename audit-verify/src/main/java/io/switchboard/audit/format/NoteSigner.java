package io.switchboard.audit.format;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.time.Instant;

/** A private key under a name, which signs notes. */
public final class NoteSigner {
    private final PrivateKey privateKey;
    private final VerifierKey verifierKey;

    /** Throws IllegalArgumentException if it is no Ed25519 key. */
    public NoteSigner(String name, PrivateKey privateKey) {
        this(new VerifierKey(name, Ed25519.publicKey(privateKey)), privateKey);
    }

    private NoteSigner(VerifierKey verifierKey, PrivateKey privateKey) {
        this.privateKey = privateKey;
        this.verifierKey = verifierKey;
    }

    /** The same key for another tree; cheap, as the public key is known. */
    public NoteSigner named(String name) {
        return new NoteSigner(verifierKey.named(name), privateKey);
    }

    public VerifierKey verifierKey() {
        return verifierKey;
    }

    SignedNote.Line sign(String text) {
        var signature = Ed25519.sign(privateKey, text.getBytes(StandardCharsets.UTF_8));
        return new SignedNote.Line(verifierKey.name(), verifierKey.id(VerifierKey.SIGNATURE), signature);
    }

    /** A C2SP tlog-cosignature, which also states the time, in whole seconds. */
    SignedNote.Line cosign(String text, Instant time) {
        long seconds = time.getEpochSecond();
        var signature = Ed25519.sign(privateKey, SignedNote.cosigned(text, seconds));
        var timed = ByteBuffer.allocate(Long.BYTES + signature.length)
                .putLong(seconds)
                .put(signature);
        return new SignedNote.Line(verifierKey.name(), verifierKey.id(VerifierKey.COSIGNATURE), timed.array());
    }
}
