package io.switchboard.crm.template;

import io.switchboard.kit.problem.Problem;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fills the placeholders of a text: {@code {{path}}} is looked up in a map, and that is all that it can do. */
final class Placeholders {
    /** Characters of a text, as it is stored and as it is sent. */
    static final int LONGEST = 20_000;

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^{}]{1,100})}}");

    private Placeholders() {}

    /** Values are not read for placeholders again. Fails with {@code text_too_long}. */
    static RenderedTemplateView fill(String text, Map<String, String> values) {
        Set<String> missing = new LinkedHashSet<>();
        var filled = new StringBuilder();
        var places = PLACEHOLDER.matcher(text);
        while (places.find()) {
            var path = places.group(1).strip();
            var value = values.get(path);
            if (value == null) {
                missing.add(path);
            }
            places.appendReplacement(filled, Matcher.quoteReplacement(value == null ? "" : value));
            checkLength(filled);
        }
        checkLength(places.appendTail(filled));
        return new RenderedTemplateView(filled.toString(), List.copyOf(missing));
    }

    private static void checkLength(StringBuilder text) {
        if (text.length() > LONGEST) {
            throw Problem.of(422, "text_too_long", "Filled in, the text has more than " + LONGEST + " characters.");
        }
    }
}
