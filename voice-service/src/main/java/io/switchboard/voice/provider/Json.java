package io.switchboard.voice.provider;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.switchboard.kit.value.BoundedNumbers;
import io.switchboard.kit.value.LenientJson;
import io.switchboard.kit.value.Times;
import io.switchboard.voice.callevent.CleanField;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Providers' JSON, within limits. A value of an unexpected kind counts as absent. */
public final class Json {
    public static final JsonFactory FACTORY = LenientJson.FACTORY;

    private Json() {}

    /** Whether the body begins as an object or a list does, so that it is no form. */
    public static boolean isDocument(byte[] body) {
        boolean marked = body.length >= 3 && body[0] == (byte) 0xef && body[1] == (byte) 0xbb && body[2] == (byte) 0xbf;
        int i = marked ? 3 : 0;
        while (i < body.length && body[i] >= 0 && body[i] <= ' ') {
            i++;
        }
        return i < body.length && (body[i] == '{' || body[i] == '[');
    }

    public static JsonNode tree(byte[] body) {
        try {
            return LenientJson.tree(body);
        } catch (StreamConstraintsException e) {
            throw new Untranslatable("The JSON is nested too deeply or has too many values.", e);
        } catch (IOException e) {
            throw new Untranslatable("The body is not JSON.", e);
        }
    }

    /** As {@link #tree}, but nothing where that fails. */
    public static JsonNode treeOrMissing(byte[] body) {
        try {
            return tree(body);
        } catch (Untranslatable e) {
            return MissingNode.getInstance();
        }
    }

    /** The first of these JSON pointers that leads to text, a number, a boolean, or a list of them; null without one. */
    public static @Nullable String text(JsonNode node, String... pointers) {
        for (String pointer : pointers) {
            String text = text(node.at(pointer));
            if (text != null) {
                return text;
            }
        }
        return null;
    }

    private static @Nullable String text(JsonNode found) {
        if (found.isArray()) {
            String joined = found.valueStream()
                    .map(item -> item.isArray() ? null : text(item))
                    .filter(Objects::nonNull)
                    .collect(Collectors.joining(", "));
            return CleanField.orNull(joined);
        }
        if (found.isNumber()) {
            return found.decimalValue().toPlainString();
        }
        return found.isValueNode() && !found.isNull() ? CleanField.orNull(found.asText()) : null;
    }

    /** The first of these JSON pointers that leads to a number, or to text that is one. */
    public static @Nullable BigDecimal number(JsonNode node, String... pointers) {
        for (String pointer : pointers) {
            JsonNode found = node.at(pointer);
            BigDecimal number = found.isNumber()
                    ? found.decimalValue()
                    : found.isTextual() ? BoundedNumbers.decimal(found.asText()) : null;
            if (number != null) {
                return number;
            }
        }
        return null;
    }

    /** The sum of the counts among these values; null without any, and beyond an {@code int}. */
    public static @Nullable Integer sumOfCounts(Stream<JsonNode> values) {
        List<Integer> counts = values.map(value -> BoundedNumbers.count(number(value, ""), Integer.MAX_VALUE))
                .filter(Objects::nonNull)
                .toList();
        long sum = counts.stream().mapToLong(Integer::longValue).sum();
        return counts.isEmpty() ? null : BoundedNumbers.count(BigDecimal.valueOf(sum), Integer.MAX_VALUE);
    }

    /** The first of these JSON pointers that leads to a time, in any spelling that {@link Times} knows. */
    public static @Nullable Instant time(JsonNode node, String... pointers) {
        for (String pointer : pointers) {
            JsonNode found = node.at(pointer);
            Instant time = found.isNumber()
                    ? Times.sinceEpoch(found.decimalValue())
                    : found.isTextual() ? Times.read(found.asText()) : null;
            if (time != null) {
                return time;
            }
        }
        return null;
    }
}
