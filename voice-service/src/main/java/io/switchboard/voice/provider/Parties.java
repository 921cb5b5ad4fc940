package io.switchboard.voice.provider;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Who called whom; told and believed as one, since a direction means nothing beside another event's numbers.
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

    /** An order of no meaning, to settle ties the same way everywhere. */
    @Override
    public int compareTo(Parties other) {
        return ORDER.compare(this, other);
    }
}
