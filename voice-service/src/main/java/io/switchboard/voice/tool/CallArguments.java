package io.switchboard.voice.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.switchboard.kit.phone.PhoneNumbers;
import io.switchboard.kit.text.CleanText;
import io.switchboard.kit.value.WrittenMinutes;
import io.switchboard.kit.value.WrittenTime;
import io.switchboard.voice.agent.AgentTool;
import io.switchboard.voice.provider.Json;
import io.switchboard.voice.provider.Untranslatable;
import io.switchboard.voice.tool.ToolMeaning.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The arguments of a tool call as they are stored and sent on, whatever a language model made of them. */
final class CallArguments {
    static final CallArguments NONE = new CallArguments(JsonNodeFactory.instance.objectNode());

    private static final int MOST_CHARACTERS = 16 * 1024;

    /** A longer number would be written in all its digits: 1e999 has a thousand. */
    private static final int MOST_DIGITS = 40;

    private static final Pattern SEPARATORS = Pattern.compile("[_\\- ]");
    private static final Pattern BLANKS = Pattern.compile("[\\s\\u00a0\\u202f]+");

    private final ObjectNode values;

    private CallArguments(ObjectNode values) {
        this.values = values;
    }

    /** Null for what is no object, nor text that is one, and for what is too long. */
    static @Nullable CallArguments read(JsonNode given) {
        if (rest(given, MOST_CHARACTERS) < 0) {
            return null;
        }
        var found = given.isTextual() ? parsed(given.textValue()) : given;
        if (found.isNull() || found.isMissingNode()) {
            return NONE;
        }
        if (!found.isObject()) {
            return null;
        }
        var clean = (ObjectNode) clean(found);
        return clean.toString().length() > MOST_CHARACTERS ? null : new CallArguments(clean);
    }

    /** What its names, texts and values leave of so many characters; counted before anything is made of them, and no further. */
    private static int rest(JsonNode given, int most) {
        var left = most - 1 - (given.isTextual() ? given.textValue().length() : 0);
        for (var field : given.properties()) {
            left -= field.getKey().length();
        }
        for (var inside : given) {
            if (left < 0) {
                return left;
            }
            left = rest(inside, left);
        }
        return left;
    }

    private static JsonNode parsed(String text) {
        if (text.isBlank()) {
            return JsonNodeFactory.instance.nullNode();
        }
        try {
            return Json.tree(text.getBytes(StandardCharsets.UTF_8));
        } catch (Untranslatable noJson) {
            return JsonNodeFactory.instance.textNode(text);
        }
    }

    /** As PostgreSQL takes it. */
    private static JsonNode clean(JsonNode given) {
        var nodes = JsonNodeFactory.instance;
        if (given.isObject()) {
            var object = nodes.objectNode();
            given.properties().forEach(field -> object.set(CleanText.of(field.getKey()), clean(field.getValue())));
            return object;
        }
        if (given.isArray()) {
            var array = nodes.arrayNode();
            given.forEach(item -> array.add(clean(item)));
            return array;
        }
        if (given.isNumber()) {
            var number = given.decimalValue();
            return number.precision() <= MOST_DIGITS && Math.abs(number.scale()) <= MOST_DIGITS
                    ? nodes.numberNode(number)
                    : nodes.textNode(number.toString());
        }
        return given.isTextual() ? nodes.textNode(CleanText.of(given.textValue())) : given;
    }

    String json() {
        return values.toString();
    }

    /**
     * What a use of the tool is to do, beside its time; null where it may be done again.
     *
     * @param region of national numbers
     */
    @Nullable
    String meaning(AgentTool tool, String region) {
        var fields = ToolMeaning.fields(tool);
        if (fields.isEmpty()) {
            return null;
        }
        var named = byName();
        var meaning = new StringBuilder(tool.wire());
        for (var field : fields) {
            var value = field.kind() == Kind.TIME ? null : named.get(plain(field.name()));
            meaning.append('\n').append(value == null ? "" : canonical(field.kind(), value, region));
        }
        return meaning.toString();
    }

    /** When a use of the tool is to take place, in ISO 8601 where it can be read; null without a time. */
    @Nullable
    String time(AgentTool tool) {
        var named = byName();
        for (var field : ToolMeaning.fields(tool)) {
            var given = field.kind() == Kind.TIME ? named.get(plain(field.name())) : null;
            if (given != null) {
                var written = given.length() > WrittenTime.LONGEST ? null : WrittenTime.of(given);
                return written == null ? given : written.iso();
            }
        }
        return null;
    }

    /** E.164 of whom they are about; null where they name no number. */
    @Nullable
    String phone(String region) {
        return PhoneNumbers.e164(byName().get("phone"), region);
    }

    private static String canonical(Kind kind, String value, String region) {
        var text = BLANKS.matcher(value).replaceAll(" ").strip().toLowerCase(Locale.ROOT);
        if (kind == Kind.PHONE) {
            var number = PhoneNumbers.e164(value, region);
            return number == null ? text : number;
        }
        if (kind == Kind.MINUTES) {
            var minutes = WrittenMinutes.of(value);
            return minutes == null ? text : minutes.toString();
        }
        return text;
    }

    /** As crm-service finds them: scheduledAt and scheduled_at are one name, and a list of one is its value. */
    private Map<String, String> byName() {
        var named = new TreeMap<String, String>();
        values.properties().forEach(field -> {
            var value = field.getValue();
            var single = value.isArray() && value.size() == 1 ? value.get(0) : value;
            if (!single.isNull()) {
                named.put(plain(field.getKey()), text(single).strip());
            }
        });
        return named;
    }

    private static String text(JsonNode value) {
        if (value.isNumber()) {
            return value.decimalValue().toPlainString();
        }
        return value.isContainerNode() ? value.toString() : value.asText();
    }

    private static String plain(String name) {
        return SEPARATORS.matcher(name).replaceAll("").toLowerCase(Locale.ROOT);
    }
}
