package io.switchboard.voice.call;

/** Events were not translated within their time. */
final class SlowTranslation extends RuntimeException {
    SlowTranslation() {
        super("not translated in time", null, false, false);
    }
}
