package io.switchboard.audit.verify;

import io.switchboard.audit.format.CanonicalJson;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A private part of a record, as it stands in the file. */
final class PartInput {
    private final List<String> names;
    private final @Nullable String[] texts;
    private boolean isPresent;

    /** Names in ascending order. */
    PartInput(String... names) {
        this.names = List.of(names);
        texts = new @Nullable String[names.length];
    }

    void clear() {
        Arrays.fill(texts, null);
        isPresent = false;
    }

    void read(JsonInput json) throws IOException {
        isPresent = json.objectOrNull();
        if (isPresent) {
            for (var name = json.field(); name != null; name = json.field()) {
                int index = names.indexOf(name);
                json.require(index >= 0, "is no field of a private part");
                json.require(texts[index] == null, "stands there twice");
                texts[index] = json.text();
            }
        }
    }

    boolean isPresent() {
        return isPresent;
    }

    /** What is hashed; null if the part is. */
    byte @Nullable [] canonical() {
        if (!isPresent) {
            return null;
        }
        var json = new CanonicalJson();
        for (int i = 0; i < texts.length; i++) {
            json.text(names.get(i), texts[i]);
        }
        return json.bytes();
    }
}
