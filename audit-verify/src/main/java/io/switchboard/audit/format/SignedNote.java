package io.switchboard.audit.format;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text with signatures, as C2SP signed-note writes it.
 *
 * @param text ends with a line feed
 */
public record SignedNote(String text, List<Line> lines) {
    private static final String DASH = "— ";
    private static final int MOST_LINES = 64;
    private static final long LAST_SECOND = 253_402_300_799L; // of the year 9999

    /** One signature line; what follows the key's id depends on the kind of signature. */
    record Line(String name, int keyId, byte[] signature) {
        String encoded() {
            var bytes = ByteBuffer.allocate(Integer.BYTES + signature.length)
                    .putInt(keyId)
                    .put(signature);
            return DASH + name + " " + Base64.getEncoder().encodeToString(bytes.array()) + "\n";
        }
    }

    public SignedNote {
        lines = List.copyOf(lines);
    }

    /** Signs a checkpoint with each key, and states the time with each. */
    public static SignedNote sign(Checkpoint checkpoint, Instant time, List<NoteSigner> signers) {
        var text = checkpoint.text();
        var lines = new ArrayList<Line>();
        for (var signer : signers) {
            lines.add(signer.sign(text));
            lines.add(signer.cosign(text, time));
        }
        return new SignedNote(text, lines);
    }

    /** Throws IllegalArgumentException, in words. */
    public static SignedNote parse(String note) {
        int blank = note.lastIndexOf("\n\n");
        if (blank < 0 || !note.endsWith("\n")) {
            throw new IllegalArgumentException("A signed note has a text, an empty line and signatures.");
        }
        var encoded = note.substring(blank + 2).split("\n");
        if (encoded.length > MOST_LINES) {
            throw new IllegalArgumentException("A signed note has at most " + MOST_LINES + " signatures.");
        }
        var lines = new ArrayList<Line>();
        for (var line : encoded) {
            lines.add(line(line));
        }
        return new SignedNote(note.substring(0, blank + 1), lines);
    }

    private static Line line(String line) {
        int space = line.lastIndexOf(' ');
        if (!line.startsWith(DASH) || space <= DASH.length()) {
            throw new IllegalArgumentException("A signature line is an em dash, a name and base64.");
        }
        try {
            var bytes = ByteBuffer.wrap(Base64.getDecoder().decode(line.substring(space + 1)));
            int keyId = bytes.getInt();
            return new Line(
                    line.substring(DASH.length(), space),
                    keyId,
                    Arrays.copyOfRange(bytes.array(), Integer.BYTES, bytes.limit()));
        } catch (IllegalArgumentException | java.nio.BufferUnderflowException e) {
            throw new IllegalArgumentException("A signature is not base64 of a key's id and more.", e);
        }
    }

    /** The whole note. */
    public String encoded() {
        var note = new StringBuilder(text).append('\n');
        lines.forEach(line -> note.append(line.encoded()));
        return note.toString();
    }

    public boolean hasSignatureOf(VerifierKey key) {
        return find(key, VerifierKey.SIGNATURE) != null;
    }

    /** Whether it carries a signature of the key that holds, and none of its cosignatures fails. */
    public boolean isSignedBy(VerifierKey key) {
        var line = find(key, VerifierKey.SIGNATURE);
        return line != null
                && Ed25519.verify(key.publicKey(), text.getBytes(StandardCharsets.UTF_8), line.signature())
                && (find(key, VerifierKey.COSIGNATURE) == null || timeBy(key) != null);
    }

    /** The time that the key states; null without a cosignature of it that holds. */
    public @Nullable Instant timeBy(VerifierKey key) {
        var line = find(key, VerifierKey.COSIGNATURE);
        if (line == null || line.signature().length != Long.BYTES + 64) {
            return null;
        }
        var bytes = ByteBuffer.wrap(line.signature());
        long seconds = bytes.getLong();
        var signature = Arrays.copyOfRange(line.signature(), Long.BYTES, line.signature().length);
        boolean holds = seconds >= 0
                && seconds <= LAST_SECOND
                && Ed25519.verify(key.publicKey(), cosigned(text, seconds), signature);
        return holds ? Instant.ofEpochSecond(seconds) : null;
    }

    private @Nullable Line find(VerifierKey key, byte type) {
        int id = key.id(type);
        for (var line : lines) {
            if (line.keyId() == id && line.name().equals(key.name())) {
                return line;
            }
        }
        return null;
    }

    static byte[] cosigned(String text, long seconds) {
        return ("cosignature/v1\ntime " + seconds + "\n" + text).getBytes(StandardCharsets.UTF_8);
    }
}
