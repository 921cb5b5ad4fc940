package io.switchboard.auth.mail;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A mail in plain text. What goes into its head is one line, whatever was asked for.
 *
 * @param until when what it says is over, and it is not sent any more
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

    boolean isOver() {
        return until != null && until.isBefore(Instant.now());
    }

    private static String line(String text) {
        return text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
    }

    @Override
    public String toString() {
        return "Letter[" + subject + "]"; // the text holds tokens
    }
}
