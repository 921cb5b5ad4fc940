package io.switchboard.voice.provider.telnyx;

import io.switchboard.voice.callevent.AnsweredBy;
import java.util.Locale;

/** The results of Telnyx's machine detection: an open set of words. */
final class TelnyxMachine {
    private TelnyxMachine() {}

    /** {@code human}, {@code human_residence}, {@code machine}, {@code machine_start}, {@code fax_detected} and the like. */
    static AnsweredBy answeredBy(String result) {
        String told = result.strip().toLowerCase(Locale.ROOT);
        return told.startsWith("human")
                ? AnsweredBy.HUMAN
                : told.startsWith("machine") || told.startsWith("fax") ? AnsweredBy.MACHINE : AnsweredBy.UNKNOWN;
    }

    /** Of a greeting's end: only a machine has a greeting that ends, or a beep. */
    static boolean isGreeting(String result) {
        return switch (result.strip().toLowerCase(Locale.ROOT)) {
            case "beep_detected", "ended", "prompt_ended" -> true;
            default -> false;
        };
    }
}
