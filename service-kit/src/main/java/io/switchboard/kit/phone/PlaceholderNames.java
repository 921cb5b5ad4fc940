package io.switchboard.kit.phone;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What carriers show in place of a name that they do not know: the number again, or words such as WIRELESS CALLER. */
public final class PlaceholderNames {
    private static final Set<String> WORDS = Set.of(
            "wireless",
            "cellular",
            "cell phone",
            "mobile",
            "mobile phone",
            "toll free",
            "unknown",
            "no name",
            "not available",
            "name not available",
            "name unavailable",
            "unavailable",
            "private",
            "anonymous",
            "restricted",
            "blocked",
            "withheld",
            "hidden",
            "unlisted",
            "unlisted number",
            "no caller id",
            "out of area",
            "not provided",
            "incoming",
            "external",
            "outside",
            "caller",
            "caller id",
            "customer",
            "guest",
            "user",
            "phone",
            "telephone",
            "spam",
            "spam likely",
            "spam risk",
            "scam likely",
            "potential spam",
            "suspected spam",
            "telemarketer",
            "n a",
            "na",
            "none",
            "null",
            "nil",
            "undefined",
            "nan",
            "unidentified",
            "payphone");

    private static final Pattern KIND = Pattern.compile(" (caller|call|number|name|user|customer|contact|phone|id)$");

    /** What CNAM databases hold for numbers without a name, as in V12001408000012. */
    private static final Pattern SERIAL = Pattern.compile("[a-z]?[0-9 ]{6,}");

    private PlaceholderNames() {}

    /** Null for a placeholder, which names no person. */
    public static @Nullable String nameOrNull(@Nullable String name) {
        return name == null || isPlaceholder(name) ? null : name.strip();
    }

    private static boolean isPlaceholder(String name) {
        var words = Normalizer.normalize(name, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{M}\\p{N}\\p{So}]+", " ")
                .strip();
        return words.isEmpty()
                || WORDS.contains(words)
                || WORDS.contains(KIND.matcher(words).replaceFirst(""))
                || SERIAL.matcher(words).matches()
                || PhoneNumbers.isInternational(name) && PhoneNumbers.e164(name, PhoneNumbers.NO_REGION) != null;
    }
}
