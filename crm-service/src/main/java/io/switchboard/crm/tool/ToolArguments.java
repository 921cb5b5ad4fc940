package io.switchboard.crm.tool;

import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.text.CleanText;
import io.switchboard.kit.value.LenientJson;
import io.switchboard.kit.value.WrittenMinutes;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of a tool as a language model gives them: a number may be a text, a field may be missing, {@code null}, empty, in
 * a list of one, or named {@code scheduled_at}. What cannot be read is refused with a line that asks for it.
 */
final class ToolArguments {
    private static final Pattern SEPARATORS = Pattern.compile("[_\\- ]");

    private final Map<String, JsonNode> values;

    private ToolArguments(Map<String, JsonNode> values) {
        this.values = values;
    }

    /** Fails with {@code malformed_json} or {@link ToolRefusal}. */
    static ToolArguments read(byte @Nullable [] body) {
        var tree = tree(body == null ? new byte[0] : body);
        if (!tree.isObject()) {
            throw new ToolRefusal("I need the arguments of the tool by their names.");
        }
        var values = new HashMap<String, JsonNode>();
        tree.properties().forEach(field -> values.put(canonical(field.getKey()), field.getValue()));
        return new ToolArguments(values);
    }

    private static JsonNode tree(byte[] body) {
        try {
            var tree = LenientJson.tree(body);
            if (!tree.isMissingNode()) {
                return tree;
            }
        } catch (StreamConstraintsException tooMuch) {
            throw new ToolRefusal("These arguments are too much for me.");
        } catch (IOException malformed) {
            // as without any
        }
        throw Problem.badRequest("malformed_json", "The body is not the JSON that is expected here.");
    }

    private static String canonical(String name) {
        return SEPARATORS.matcher(name).replaceAll("").toLowerCase(Locale.ROOT);
    }

    /** @param line asks for it where it is missing */
    String text(String name, int longest, String line) {
        var text = text(name, longest);
        if (text == null) {
            throw new ToolRefusal(line);
        }
        return text;
    }

    /** Null where it is missing or blank. */
    @Nullable
    String text(String name, int longest) {
        var value = values.get(canonical(name));
        if (value != null && value.isArray() && value.size() == 1) {
            value = value.get(0);
        }
        if (value == null || value.isNull() || value.isContainerNode() && value.isEmpty()) {
            return null;
        }
        if (value.isContainerNode()) {
            throw new ToolRefusal("I need one text as " + name + ".");
        }
        var text = CleanText.of(value.isNumber() ? value.decimalValue().toPlainString() : value.asText())
                .strip();
        if (text.length() > longest) {
            throw new ToolRefusal("The " + name + " is too long: " + longest + " characters are possible.");
        }
        return CleanText.isVisible(text) ? text : null;
    }

    /** A length of time; null where it is missing. */
    @Nullable
    Integer minutes(String name) {
        var text = text(name, 40);
        if (text == null) {
            return null;
        }
        var length = WrittenMinutes.of(text);
        if (length == null || length < 5 || length > 1_440) {
            throw new ToolRefusal("I need the length in minutes, from 5 to 1440.");
        }
        return length;
    }

    /** Null where it is missing or no UUID. */
    @Nullable
    UUID id(String name) {
        var text = text(name, 255);
        try {
            return text == null || text.length() != 36 ? null : UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
