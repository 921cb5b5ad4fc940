package io.switchboard.audit.verify;

/** What was given cannot be read, or is none of the formats. The message is for people. */
final class Unusable extends RuntimeException {
    Unusable(String message) {
        super(message);
    }

    Unusable(String message, Throwable cause) {
        super(message, cause);
    }
}
