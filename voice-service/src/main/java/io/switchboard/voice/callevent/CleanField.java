package io.switchboard.voice.callevent;

import io.switchboard.kit.phone.PlaceholderNames;
import io.switchboard.kit.text.CleanText;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Cleans and cuts fields of deliveries before they are stored; a blank one is null. */
public final class CleanField {
    /** Characters, as all of these: days of talk. */
    public static final int TRANSCRIPT = 4 * 1024 * 1024;

    /** Of what is said in one go. */
    public static final int FRAGMENT = 10_000;

    public static final int SUMMARY = 20_000;
    public static final int EVALUATION = 2_000;

    /** What an index takes. */
    public static final int NAME = 250;

    private static final int REASON = 500;
    private static final int URL = 4_000;

    private static final BigDecimal DEAREST = new BigDecimal("1000000");

    private static final Pattern CURRENCY = Pattern.compile("[A-Za-z]{3}");

    private CleanField() {}

    /** Null for null and for blank text. */
    public static @Nullable String orNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : CleanText.of(text);
    }

    /** As {@link #orNull}, cut between characters. */
    public static @Nullable String cut(@Nullable String text, int longest) {
        return text == null ? null : orNull(CleanText.cut(text, longest));
    }

    /** As {@link #orNull}; null for a longer one, since half a URL leads nowhere. */
    public static @Nullable String url(@Nullable String text) {
        return text == null || text.length() > URL ? null : orNull(text.strip());
    }

    /** With six decimals; null for a negative cost, and for one of a million or more. */
    public static @Nullable BigDecimal cost(@Nullable BigDecimal told) {
        return told == null || told.signum() < 0 || told.compareTo(DEAREST) >= 0
                ? null
                : told.setScale(6, RoundingMode.HALF_UP);
    }

    /** Null for a placeholder, which names no person. */
    public static @Nullable String personName(@Nullable String text) {
        return PlaceholderNames.nameOrNull(cut(text, NAME));
    }

    /** Three capital letters (ISO 4217); null for anything else. */
    public static @Nullable String currency(@Nullable String text) {
        String code = text == null ? "" : text.strip();
        return CURRENCY.matcher(code).matches() ? code.toUpperCase(Locale.ROOT) : null;
    }

    public static @Nullable String reason(@Nullable String text) {
        return cut(text, REASON);
    }

    /** Without blank entries. */
    public static Map<String, String> entries(Map<String, @Nullable String> found) {
        Map<String, String> clean = new TreeMap<>();
        found.forEach((name, value) -> {
            String text = reason(value);
            if (text != null) {
                clean.put(name, text);
            }
        });
        return clean;
    }
}
