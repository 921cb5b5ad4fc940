package io.switchboard.voice.provider;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.switchboard.voice.callevent.CleanField;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The texts at some JSON pointers of a body, read to its end without building a tree: a body that is cut short must not get the
 * id of the whole one.
 */
public final class JsonNames {
    private final Set<String> pointers;
    private final Set<String> numbers;
    private final Map<String, String> found = new HashMap<>();

    private JsonNames(Set<String> pointers, Set<String> numbers) {
        this.pointers = pointers;
        this.numbers = numbers;
    }

    /**
     * Only text counts, except that an object or a list at a pointer is the empty text. Of a repeated field the last one counts,
     * as in {@link Json#tree}.
     *
     * @return null where the body is not one JSON object
     */
    public static @Nullable Map<String, String> read(byte[] body, Set<String> pointers) {
        return read(body, pointers, Set.of());
    }

    /**
     * As {@link #read(byte[], Set)}.
     *
     * @param numbers of the pointers, at which a number counts too, as it is written
     */
    public static @Nullable Map<String, String> read(byte[] body, Set<String> pointers, Set<String> numbers) {
        JsonNames names = new JsonNames(pointers, numbers);
        try (JsonParser json = Json.FACTORY.createParser(body)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            names.readObject(json, "");
            return json.nextToken() == null ? names.found : null;
        } catch (IOException e) {
            return null;
        }
    }

    private void readObject(JsonParser json, String within) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String pointer = within + "/" + escaped(json.currentName());
            JsonToken value = json.nextToken();
            found.keySet().removeIf(earlier -> earlier.equals(pointer) || earlier.startsWith(pointer + "/"));
            if (value == JsonToken.START_OBJECT && isOnTheWay(pointer)) {
                if (pointers.contains(pointer)) {
                    found.put(pointer, "");
                }
                readObject(json, pointer);
            } else if (pointers.contains(pointer)) {
                readValue(json, pointer, value);
            } else {
                json.skipChildren();
            }
        }
    }

    /** As in a JSON pointer (RFC 6901): a name with a slash is not a path. */
    private static String escaped(String name) {
        return name.indexOf('/') < 0 && name.indexOf('~') < 0
                ? name
                : name.replace("~", "~0").replace("/", "~1");
    }

    private void readValue(JsonParser json, String pointer, JsonToken value) throws IOException {
        boolean counts = value == JsonToken.VALUE_STRING || value.isNumeric() && numbers.contains(pointer);
        String text = counts ? CleanField.orNull(json.getText()) : null;
        if (value.isStructStart()) {
            json.skipChildren();
            found.put(pointer, "");
        } else if (text != null) {
            found.put(pointer, text);
        }
    }

    private boolean isOnTheWay(String pointer) {
        return pointers.stream().anyMatch(each -> each.startsWith(pointer + "/"));
    }
}
