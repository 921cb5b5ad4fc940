package io.switchboard.local;

/** Something a person has to put right; its message is shown as it stands, without a stack trace. */
public final class Refusal extends RuntimeException {
    public Refusal(String message) {
        super(message);
    }

    public Refusal(String message, Throwable cause) {
        super(message, cause);
    }
}
