package io.switchboard.kit.text;

/** Text from outside made fit for PostgreSQL, which refuses U+0000 and lone surrogates: each becomes U+FFFD. */
public final class CleanText {
    private static final char REPLACEMENT = '\uFFFD';

    private CleanText() {}

    public static String of(String text) {
        int flaw = firstFlaw(text);
        if (flaw < 0) {
            return text;
        }
        var clean = new StringBuilder(text.length()).append(text, 0, flaw);
        for (int i = flaw; i < text.length(); i++) {
            if (isPair(text, i)) {
                clean.append(text.charAt(i)).append(text.charAt(++i));
            } else {
                clean.append(isFlaw(text.charAt(i)) ? REPLACEMENT : text.charAt(i));
            }
        }
        return clean.toString();
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
