package io.switchboard.voice.webhook;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Text from outside made fit for PostgreSQL, which refuses U+0000 and lone surrogates. */
final class CleanText {
    private static final char REPLACEMENT = '\uFFFD';

    private CleanText() {}

    static String of(String text) {
        int flaw = firstFlaw(text);
        if (flaw < 0) {
            return text;
        }
        StringBuilder clean = new StringBuilder(text.length()).append(text, 0, flaw);
        for (int i = flaw; i < text.length(); i++) {
            if (isPair(text, i)) {
                clean.append(text.charAt(i)).append(text.charAt(++i));
            } else {
                clean.append(isFlaw(text.charAt(i)) ? REPLACEMENT : text.charAt(i));
            }
        }
        return clean.toString();
    }

    /** Null for null and for blank text. */
    static @Nullable String orNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : of(text);
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

    private static int firstFlaw(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isPair(text, i)) {
                i++;
            } else if (isFlaw(text.charAt(i))) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isPair(String text, int i) {
        return i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
    }

    private static boolean isFlaw(char c) {
        return c == 0 || Character.isSurrogate(c);
    }
}
