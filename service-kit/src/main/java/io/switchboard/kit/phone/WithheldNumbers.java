package io.switchboard.kit.phone;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What carriers send in place of a number that they do not tell: words, and such words on a telephone's keys. */
final class WithheldNumbers {
    private static final Set<String> WORDS = Set.of(
            "anonymous",
            "restricted",
            "unavailable",
            "unknown",
            "private",
            "blocked",
            "withheld",
            "hidden",
            "suppressed",
            "unidentified",
            "nocallerid",
            "nonumber",
            "outofarea",
            "notavailable",
            "payphone",
            "coinlinepayphone",
            "interactionwithotherservice",
            "rejectedbyuser");

    private static final String KEYS = "22233344455566677778889999"; // of a to z
    private static final Set<String> SPELLED =
            WORDS.stream().map(WithheldNumbers::keys).collect(Collectors.toUnmodifiableSet());

    private static final Pattern KIND = Pattern.compile("(number|caller|callerid|name|user)$");

    private static final Pattern OTHERS = Pattern.compile("[^A-Za-z0-9]+");
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");
    private static final Pattern ZEROS = Pattern.compile("0+|1?0{9,}");

    private WithheldNumbers() {}

    /** @param number without its wrapping, in ASCII */
    static boolean contains(String number) {
        var word = OTHERS.matcher(number).replaceAll("");
        return DIGITS.matcher(word).matches()
                ? isSpelled(word, number.startsWith("+"))
                : isWord(word.toLowerCase(Locale.ROOT));
    }

    /** Without its plus a short one may be a real number in a small country. */
    private static boolean isSpelled(String digits, boolean international) {
        return SPELLED.contains(digits) && (international || digits.length() >= 9)
                || ZEROS.matcher(digits).matches();
    }

    /** "No Caller ID", "UNKNOWN-NUMBER" and "private number" say the same. */
    private static boolean isWord(String word) {
        return WORDS.contains(word) || WORDS.contains(KIND.matcher(word).replaceFirst(""));
    }

    private static String keys(String word) {
        return word.chars()
                .mapToObj(letter -> String.valueOf(KEYS.charAt(letter - 'a')))
                .collect(Collectors.joining());
    }
}
