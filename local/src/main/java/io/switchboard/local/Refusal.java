package io.switchboard.local;

/** An error that the user has to correct. Its message is shown unchanged, without a stack trace. */
public final class Refusal extends RuntimeException {
    public Refusal(String message) {
        super(message);
    }

    public Refusal(String message, Throwable cause) {
        super(message, cause);
    }
}
