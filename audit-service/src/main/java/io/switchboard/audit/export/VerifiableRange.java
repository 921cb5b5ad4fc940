package io.switchboard.audit.export;

import io.switchboard.kit.http.Filters;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which sealed records a verifiable file is to have.
 *
 * @param from the first sequence
 * @param to the last one; null for the last that is sealed
 */
record VerifiableRange(UUID org, long from, @Nullable Long to) {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,15}");

    /** Fails with {@code invalid_filter}. */
    static VerifiableRange of(UUID org, Function<String, @Nullable String> parameter) {
        var from = number("fromSequence", parameter.apply("fromSequence"));
        var to = number("toSequence", parameter.apply("toSequence"));
        if (from != null && to != null && to < from) {
            throw Filters.invalid("toSequence", "is not less than fromSequence");
        }
        return new VerifiableRange(org, from == null ? 0 : from, to);
    }

    private static @Nullable Long number(String name, @Nullable String value) {
        if (value == null || value.isBlank()) {
            return null;
        }
        if (!NUMBER.matcher(value.strip()).matches()) {
            throw Filters.invalid(name, "is the sequence of a record");
        }
        return Long.valueOf(value.strip());
    }
}
