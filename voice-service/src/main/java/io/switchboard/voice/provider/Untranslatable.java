package io.switchboard.voice.provider;

/** A stored event that cannot be translated; trying again does not help. The message is a sentence that the organization reads. */
public final class Untranslatable extends RuntimeException {
    public Untranslatable(String message) {
        super(message);
    }

    Untranslatable(String message, Throwable cause) {
        super(message, cause);
    }
}
