package io.switchboard.audit.format;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A public key under a name, as C2SP signed-note writes it: {@code name+keyid8+base64(0x01 || key)}.
 *
 * @param publicKey 32 bytes of Ed25519
 */
public record VerifierKey(String name, byte[] publicKey) {
    /** A signature of the note's text. */
    static final byte SIGNATURE = 1;
    /** A cosignature of the note's text and a time. */
    static final byte COSIGNATURE = 4;

    public VerifierKey {
        if (name.isEmpty() || name.chars().anyMatch(c -> c == '+' || c < ' ' || Character.isSpaceChar(c))) {
            throw new IllegalArgumentException("The name of a key has no spaces and no plus.");
        }
        if (publicKey.length != 32) {
            throw new IllegalArgumentException("An Ed25519 public key has 32 bytes.");
        }
    }

    /** Throws IllegalArgumentException, in words. */
    public static VerifierKey parse(String vkey) {
        var parts = vkey.split("\\+", 3);
        if (parts.length != 3) {
            throw new IllegalArgumentException("A verifier key has three parts: name+keyid+key.");
        }
        byte[] typed;
        try {
            typed = Base64.getDecoder().decode(parts[2]);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("The last part of a verifier key is base64.", e);
        }
        if (typed.length != 33 || typed[0] != SIGNATURE) {
            throw new IllegalArgumentException("Only verifier keys of type 1 (Ed25519) are known.");
        }
        var key = new VerifierKey(parts[0], Arrays.copyOfRange(typed, 1, typed.length));
        if (!key.keyId().equals(parts[1])) {
            throw new IllegalArgumentException("The key id of a verifier key is not that of its name and key.");
        }
        return key;
    }

    /** The vkey. */
    public String text() {
        var typed = ByteBuffer.allocate(33).put(SIGNATURE).put(publicKey).array();
        return name + "+" + keyId() + "+" + Base64.getEncoder().encodeToString(typed);
    }

    /** Of the plain signature, 8 hexadecimal digits. */
    public String keyId() {
        return HexFormat.of().toHexDigits(id(SIGNATURE));
    }

    /** The same key for another tree. */
    public VerifierKey named(String other) {
        return new VerifierKey(other, publicKey);
    }

    int id(byte type) {
        var hash = Sha256.of((name + "\n").getBytes(StandardCharsets.UTF_8), new byte[] {type}, publicKey);
        return ByteBuffer.wrap(hash).getInt();
    }
}
