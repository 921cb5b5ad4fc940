package io.switchboard.kit.mail;

import io.switchboard.kit.text.CleanText;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A mail in plain text. Line breaks in the address and the subject become spaces: they would add headers. What is too long is cut.
 *
 * @param until when it is too late to send it; null for never
 */
public record Email(
        String to,
        String subject,
        String text,
        @Nullable Instant until,
        @Nullable CalendarPart calendar) {
    private static final int LONGEST_SUBJECT = 200;
    private static final int LONGEST_TEXT = 100_000;

    public Email(String to, String subject, String text) {
        this(to, subject, text, null);
    }

    public Email(String to, String subject, String text, @Nullable Instant until) {
        this(to, subject, text, until, null);
    }

    public Email {
        to = line(to);
        subject = CleanText.cut(line(subject), LONGEST_SUBJECT);
        text = CleanText.cut(text, LONGEST_TEXT);
    }

    /** As outbox rows hold it, also those of the SQL function {@code owe_mail}. */
    static Email of(JsonObject json) {
        return new Email(
                json.getString("to"), json.getString("subject"), json.getString("text"), json.getInstant("until"));
    }

    /** Without the calendar part: that is made when the mail is sent. */
    JsonObject json() {
        return JsonObject.of(
                "to", to, "subject", subject, "text", text, "until", until == null ? null : until.toString());
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
