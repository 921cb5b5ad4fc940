package io.switchboard.auth.totp;

import com.eatthepath.otp.HmacOneTimePasswordGenerator;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import javax.crypto.spec.SecretKeySpec;

/** What an authenticator app makes its codes from, and so do we: SHA-1, 6 digits, 30 seconds, as all apps have it. */
final class TotpSecret {
    private static final String ISSUER = "Switchboard";
    private static final int BYTES = 20; // as long as SHA-1's result (RFC 4226)
    private static final int DIGITS = 6;
    private static final int SKEW = 1; // steps that a clock may be off
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final HmacOneTimePasswordGenerator CODES = new HmacOneTimePasswordGenerator(DIGITS);

    private final byte[] bytes;

    private TotpSecret(byte[] bytes) {
        this.bytes = bytes;
    }

    static TotpSecret next() {
        var bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new TotpSecret(bytes);
    }

    static TotpSecret of(byte[] bytes) {
        return new TotpSecret(bytes);
    }

    byte[] bytes() {
        return bytes.clone();
    }

    /** For its holder to type, where there is nothing to scan with. */
    String base32() {
        var text = new StringBuilder();
        int bits = 0;
        int count = 0;
        for (var next : bytes) {
            bits = bits << 8 | next & 0xff;
            for (count += 8; count >= 5; count -= 5) {
                text.append(ALPHABET.charAt(bits >> count - 5 & 31));
            }
        }
        return count == 0
                ? text.toString()
                : text.append(ALPHABET.charAt(bits << 5 - count & 31)).toString();
    }

    /** What apps read from a QR code. */
    String uri(String account) {
        var name = URLEncoder.encode(account, StandardCharsets.UTF_8).replace("+", "%20");
        return "otpauth://totp/" + ISSUER + ":" + name + "?secret=" + base32() + "&issuer=" + ISSUER
                + "&algorithm=SHA1&digits=" + DIGITS + "&period=30";
    }

    /** The step that a code is of, if it is of one about now. */
    OptionalLong step(String code, long now) {
        return LongStream.rangeClosed(now - SKEW, now + SKEW)
                .filter(step -> MessageDigest.isEqual(
                        code(step).getBytes(StandardCharsets.US_ASCII), code.getBytes(StandardCharsets.UTF_8)))
                .max();
    }

    String code(long step) {
        try {
            var code = CODES.generateOneTimePassword(new SecretKeySpec(bytes, CODES.getAlgorithm()), step);
            return String.format("%06d", code);
        } catch (InvalidKeyException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return "***";
    }
}
