package io.switchboard.kit.http;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A query parameter that is one of a few words: the lower-case names of an enum. */
public final class EnumParam {
    private EnumParam() {}

    /** Null where nothing is asked for. Fails with {@code invalid_filter} for a word that is not among them. */
    public static <E extends Enum<E>> @Nullable E of(Class<E> words, String field, @Nullable String asked) {
        if (asked == null || asked.isBlank()) {
            return null;
        }
        return Arrays.stream(words.getEnumConstants())
                .filter(word -> wire(word).equals(asked))
                .findFirst()
                .orElseThrow(() -> Filters.invalid(field, "is one of: " + all(words)));
    }

    private static <E extends Enum<E>> String all(Class<E> words) {
        return Arrays.stream(words.getEnumConstants()).map(EnumParam::wire).collect(Collectors.joining(", "));
    }

    /** The constant of a word that is among them, as the database has it. */
    public static <E extends Enum<E>> @Nullable E fromWire(Class<E> words, @Nullable String wire) {
        return wire == null ? null : Enum.valueOf(words, wire.toUpperCase(Locale.ROOT));
    }

    /** As in the query and in the database. */
    public static String wire(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }
}
