package io.switchboard.audit.verify;

import io.switchboard.audit.format.Checkpoint;
import io.switchboard.audit.format.Ed25519;
import io.switchboard.audit.format.SignedNote;
import io.switchboard.audit.format.VerifierKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keys whose signatures count: those of a key file, or else those that the verified file names itself. */
final class TrustedKeys {
    private static final int LONGEST_FILE = 1 << 20;

    /**
     * A checkpoint with a signature that counts.
     *
     * @param time as signed; null if no time was
     */
    record Signed(Checkpoint checkpoint, @Nullable Instant time) {}

    /** No signature counts. */
    static final class Distrusted extends Exception {
        Distrusted(String message) {
            super(message);
        }
    }

    private final List<VerifierKey> keys;
    private final byte @Nullable [] nameless;

    private TrustedKeys(List<VerifierKey> keys, byte @Nullable [] nameless) {
        this.keys = keys;
        this.nameless = nameless;
    }

    static TrustedKeys of(List<String> vkeys) {
        var keys = new ArrayList<VerifierKey>();
        for (var vkey : vkeys) {
            try {
                keys.add(VerifierKey.parse(vkey));
            } catch (IllegalArgumentException e) {
                throw new Unusable("a key cannot be read: " + e.getMessage(), e);
            }
        }
        if (keys.isEmpty()) {
            throw new Unusable("there is no key");
        }
        return new TrustedKeys(keys, null);
    }

    /** A file of vkeys, one a line, or of a public key in PEM. */
    static TrustedKeys read(Path file) {
        try (var in = BoundedFile.open(file)) {
            var bytes = in.readNBytes(LONGEST_FILE + 1);
            if (bytes.length > LONGEST_FILE) {
                throw new Unusable("it is too large for a file of keys");
            }
            var text = new String(bytes, StandardCharsets.UTF_8);
            if (text.contains("-----BEGIN")) {
                return new TrustedKeys(List.of(), Ed25519.publicKey(text));
            }
            return of(text.lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList());
        } catch (IOException | IllegalArgumentException | Unusable e) {
            throw new Unusable(
                    Printable.of(file.toString()) + " holds no keys: " + Printable.of(String.valueOf(e.getMessage())),
                    e);
        }
    }

    /** Throws {@link Unusable} for what is no checkpoint. */
    Signed verify(String note, String org) throws Distrusted {
        SignedNote signed;
        Checkpoint checkpoint;
        try {
            signed = SignedNote.parse(note);
            checkpoint = Checkpoint.parse(signed.text());
        } catch (IllegalArgumentException e) {
            throw new Unusable("a checkpoint cannot be read: " + e.getMessage(), e);
        }
        if (!checkpoint.origin().endsWith("/" + org)) {
            throw new Distrusted("the checkpoint is of another organization's tree");
        }
        return new Signed(checkpoint, verify(signed, checkpoint.origin(), org));
    }

    private @Nullable Instant verify(SignedNote note, String origin, String org) throws Distrusted {
        Instant time = null;
        boolean isSigned = false;
        for (var key : candidates(origin, org)) {
            if (note.hasSignatureOf(key)) {
                if (!note.isSignedBy(key)) {
                    throw new Distrusted("the signature of the checkpoint does not hold");
                }
                isSigned = true;
                time = time == null ? note.timeBy(key) : time;
            }
        }
        if (!isSigned) {
            throw new Distrusted("the checkpoint is signed by no trusted key");
        }
        return time;
    }

    /** An operator's key is named for all organizations, one of a PEM file not at all. */
    private List<VerifierKey> candidates(String origin, String org) {
        var candidates = new ArrayList<VerifierKey>();
        if (nameless != null) {
            candidates.add(new VerifierKey(origin, nameless));
        }
        for (var key : keys) {
            if (origin.equals(key.name()) || origin.equals(key.name() + "/" + org)) {
                candidates.add(key.named(origin));
            }
        }
        return candidates;
    }
}
