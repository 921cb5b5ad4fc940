package io.switchboard.auth.mail;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A mail in plain text. Line breaks in the address and the subject become spaces: they would add headers.
 *
 * @param until when it is too late to send it; null for never
 */
public record Email(
        String to, String subject, String text, @Nullable Instant until) {

    public Email(String to, String subject, String text) {
        this(to, subject, text, null);
    }

    public Email {
        to = line(to);
        subject = line(subject);
    }

    boolean isTooLate() {
        return until != null && until.isBefore(Instant.now());
    }

    private static String line(String text) {
        return text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
    }

    @Override
    public String toString() {
        return "Email[" + subject + "]"; // the text holds tokens
    }
}
