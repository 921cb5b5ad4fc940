package io.switchboard.voice.callevent;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Who called whom. Kept as one value, since a direction only fits the numbers of the same event.
 *
 * @param from verbatim: E.164, a SIP URI, {@code client:…}, {@code anonymous}, or nothing
 * @param to likewise
 */
public record Parties(
        @Nullable CallDirection direction,
        @Nullable String from,
        @Nullable String to) implements Comparable<Parties> {
    public static final Parties UNKNOWN = new Parties(null, null, null);

    private static final Comparator<Parties> ORDER = Comparator.comparing(Parties::toString);

    /** How much of it is known, 0 to 3. */
    public int completeness() {
        return (direction == null ? 0 : 1) + (from == null ? 0 : 1) + (to == null ? 0 : 1);
    }

    /** An arbitrary order that breaks ties the same way everywhere. */
    @Override
    public int compareTo(Parties other) {
        return ORDER.compare(this, other);
    }
}
