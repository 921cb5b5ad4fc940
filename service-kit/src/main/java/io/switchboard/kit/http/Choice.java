package io.switchboard.kit.http;

import io.switchboard.kit.problem.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A query parameter that is one of a few words: the lower-case names of an enum. */
public final class Choice {
    private Choice() {}

    /** Null where nothing is asked for. Fails with {@code invalid_filter} for a word that is not among them. */
    public static <E extends Enum<E>> @Nullable E of(Class<E> words, String field, @Nullable String asked) {
        if (asked == null || asked.isEmpty()) {
            return null;
        }
        return Arrays.stream(words.getEnumConstants())
                .filter(word -> wire(word).equals(asked))
                .findFirst()
                .orElseThrow(() -> unknown(words, field));
    }

    private static <E extends Enum<E>> Problem unknown(Class<E> words, String field) {
        var known = Arrays.stream(words.getEnumConstants()).map(Choice::wire).collect(Collectors.joining(", "));
        return Problem.badRequest(
                "invalid_filter",
                field + " is one of: " + known + ".",
                List.of(new Problem.FieldError(field, "is one of: " + known)));
    }

    /** As in the query. */
    public static String wire(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }
}
