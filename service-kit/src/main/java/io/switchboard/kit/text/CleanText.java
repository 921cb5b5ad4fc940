package io.switchboard.kit.text;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Text from outside made fit for PostgreSQL, which refuses U+0000 and lone surrogates: each becomes U+FFFD. */
public final class CleanText {
    private static final char REPLACEMENT = '\uFFFD';
    private static final int LONGEST_LINE = 500;
    private static final Pattern BREAKS = Pattern.compile("[\\p{Cc}\\u2028\\u2029]+");

    private CleanText() {}

    public static String of(String text) {
        return clean(text, c -> c == 0 || Character.isSurrogate(c));
    }

    /** Replaces lone surrogates only: U+0000 is refused elsewhere. */
    public static String paired(String text) {
        return clean(text, Character::isSurrogate);
    }

    /** What others say, as one line of the log. */
    public static String line(@Nullable String text) {
        return cut(oneLine(String.valueOf(text)), LONGEST_LINE);
    }

    /** With a blank for what breaks lines, and for other control characters. */
    public static String oneLine(String text) {
        return BREAKS.matcher(text).replaceAll(" ").strip();
    }

    /** Whether there is anything in it but blanks of any kind, control characters and marks without width. */
    public static boolean isVisible(String text) {
        return text.codePoints()
                .anyMatch(point -> !Character.isWhitespace(point)
                        && !Character.isSpaceChar(point)
                        && !Character.isISOControl(point)
                        && Character.getType(point) != Character.FORMAT);
    }

    /** No longer than that, cut between characters: half of a pair of surrogates would become U+FFFD. */
    public static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        return text.substring(0, longest > 0 && isPair(text, longest - 1) ? longest - 1 : longest);
    }

    private static String clean(String text, Flaw flaws) {
        int flaw = firstFlaw(text, flaws);
        if (flaw < 0) {
            return text;
        }
        var clean = new StringBuilder(text.length()).append(text, 0, flaw);
        for (int i = flaw; i < text.length(); i++) {
            if (isPair(text, i)) {
                clean.append(text.charAt(i)).append(text.charAt(++i));
            } else {
                clean.append(flaws.isFlaw(text.charAt(i)) ? REPLACEMENT : text.charAt(i));
            }
        }
        return clean.toString();
    }

    private static int firstFlaw(String text, Flaw flaws) {
        for (int i = 0; i < text.length(); i++) {
            if (isPair(text, i)) {
                i++;
            } else if (flaws.isFlaw(text.charAt(i))) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isPair(String text, int i) {
        return i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
    }

    private interface Flaw {
        boolean isFlaw(char c);
    }
}
