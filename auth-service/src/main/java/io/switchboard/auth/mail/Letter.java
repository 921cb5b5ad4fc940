package io.switchboard.auth.mail;

/** A mail in plain text. What goes into its head is one line, whatever was asked for. */
public record Letter(String to, String subject, String text) {

    public Letter {
        to = line(to);
        subject = line(subject);
    }

    private static String line(String text) {
        return text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
    }

    @Override
    public String toString() {
        return "Letter[" + subject + "]"; // the text holds tokens
    }
}
