package io.switchboard.voice.provider;

/** A kept event that cannot be read, however often it is tried. */
public final class Untranslatable extends RuntimeException {
    public Untranslatable(String message) {
        super(message);
    }

    Untranslatable(String message, Throwable cause) {
        super(message, cause);
    }
}
