package io.switchboard.voice.provider;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
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
    private final Map<String, String> found = new HashMap<>();

    private JsonNames(Set<String> pointers) {
        this.pointers = pointers;
    }

    /**
     * Only text counts, except that an object or a list at a pointer is the empty text. Of a repeated field the last one counts,
     * as in {@link Json#tree}.
     *
     * @return null where the body is not one JSON object
     */
    public static @Nullable Map<String, String> read(byte[] body, Set<String> pointers) {
        JsonNames names = new JsonNames(pointers);
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
            String pointer = within + "/" + json.currentName();
            JsonToken value = json.nextToken();
            found.keySet().removeIf(earlier -> earlier.equals(pointer) || earlier.startsWith(pointer + "/"));
            if (value == JsonToken.START_OBJECT && isOnTheWay(pointer)) {
                readObject(json, pointer);
            } else if (pointers.contains(pointer)) {
                readValue(json, pointer, value);
            } else {
                json.skipChildren();
            }
        }
    }

    private void readValue(JsonParser json, String pointer, JsonToken value) throws IOException {
        String text = value == JsonToken.VALUE_STRING ? CleanField.orNull(json.getText()) : null;
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
