package io.switchboard.voice.signature;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A setting of an endpoint that a provider knows.
 *
 * @param name as in {@code options} of the API
 * @param rule what a value must be, as the refusal says it: "is …"
 * @param fits whether a value that came as JSON is one
 */
public record Option(String name, String rule, Predicate<Object> fits) {
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");

    public static Option flag(String name) {
        return new Option(name, "is true or false", Boolean.class::isInstance);
    }

    public static Option header(String name) {
        return text(name, HEADER, "is the name of a header");
    }

    public static Option oneOf(String name, List<String> words) {
        return new Option(name, "is one of: " + String.join(", ", words), words::contains);
    }

    public static Option text(String name, Pattern shape, String rule) {
        return new Option(
                name,
                rule,
                value -> value instanceof String text && shape.matcher(text).matches());
    }
}
