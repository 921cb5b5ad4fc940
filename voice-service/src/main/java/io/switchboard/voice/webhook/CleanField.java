package io.switchboard.voice.webhook;

import io.switchboard.kit.text.CleanText;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Fields of a delivery made fit to be kept: clean, short enough, and null where they say nothing. */
final class CleanField {
    private CleanField() {}

    /** Null for null and for blank text. */
    static @Nullable String orNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : CleanText.of(text);
    }

    /** As {@link #orNull}, cut to a length that an index takes. */
    static @Nullable String cut(@Nullable String text, int longest) {
        return text == null || text.length() <= longest ? orNull(text) : orNull(text.substring(0, longest));
    }

    /** Without the entries that say nothing. */
    static Map<String, String> entries(Map<String, @Nullable String> found) {
        Map<String, String> clean = new TreeMap<>();
        found.forEach((name, value) -> {
            String text = cut(value, 500);
            if (text != null) {
                clean.put(name, text);
            }
        });
        return clean;
    }
}
