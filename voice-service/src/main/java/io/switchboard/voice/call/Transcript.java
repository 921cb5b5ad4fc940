package io.switchboard.voice.call;

import io.switchboard.voice.callevent.CallEvent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * All that was said in a call, as one event told it.
 *
 * @param weight of the event: the weightiest transcript of a call is kept
 */
public record Transcript(String text, long weight) {
    /** Of equal weight the lesser text, by its bytes as the database compares them: arbitrary, but the same in any order. */
    static @Nullable Transcript weightier(@Nullable Transcript known, CallEvent event) {
        if (event.transcript() == null) {
            return known;
        }
        var told = new Transcript(event.transcript(), event.rank());
        return known == null || told.outweighs(known) ? told : known;
    }

    private boolean outweighs(Transcript other) {
        return weight > other.weight
                || weight == other.weight && Arrays.compareUnsigned(bytes(text), bytes(other.text)) < 0;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
