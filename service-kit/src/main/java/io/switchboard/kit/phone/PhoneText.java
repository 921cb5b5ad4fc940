package io.switchboard.kit.phone;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What was written as a phone number, in plain characters and out of its wrapping: {@code tel:}, {@code sip:},
 * {@code whatsapp:} or {@code "Ann" <sip:…>}.
 *
 * @param number the rest, to be read as a number
 * @param scheme of the URI, in lower case; empty if it is not a URI
 */
record PhoneText(String number, String scheme) {
    private static final int LONGEST = 255;

    /** An optional display name, a URI in angle brackets, and parameters. */
    private static final Pattern NAME_ADDR = Pattern.compile(".*<([^<>]+)>[^<>]*", Pattern.DOTALL);

    private static final Pattern URI =
            Pattern.compile("(?i)(tel|sips?|whatsapp|callto|sms):/{0,2}+(.*)", Pattern.DOTALL);
    private static final Pattern CONTEXT = Pattern.compile("(?i);phone-context=(\\+[\\d().\\-]+)");
    private static final Pattern ESCAPE = Pattern.compile("%([0-7][0-9a-fA-F])");

    /** Dashes that are no dash punctuation to Unicode, and dots. */
    private static final String DASHES = "\u2212\u2043\u30fc\u02d7\u2500";

    private static final String DOTS = "\u00b7\u2022\u2219\u22c5\u30fb\uff65\u3002";

    /** Null if the text is missing, or too long for a number. */
    static @Nullable PhoneText of(@Nullable String verbatim) {
        if (verbatim == null || verbatim.length() > LONGEST) {
            return null;
        }
        var text = plain(verbatim);
        var named = NAME_ADDR.matcher(text);
        var address = named.matches() ? named.group(1).strip() : text;
        var uri = URI.matcher(address);
        if (!uri.matches()) {
            return new PhoneText(address, "");
        }
        var scheme = uri.group(1).toLowerCase(Locale.ROOT);
        var target = target(unescaped(uri.group(2)));
        // A host alone is no number, even where it has digits only.
        var isHost = scheme.startsWith("sip") && address.indexOf('@') < 0 && !target.startsWith("+");
        return new PhoneText(isHost ? address : target, scheme);
    }

    /** The user part of a SIP address, else the number itself; the context of a local one is put before it. */
    private static String target(String uri) {
        var at = uri.lastIndexOf('@');
        var user = at < 0 ? uri : uri.substring(0, at);
        var context = CONTEXT.matcher(uri);
        var end = indexOf(user, ";:?");
        var number = user.substring(0, end).strip();
        return context.find() && !number.startsWith("+") ? context.group(1) + number : number;
    }

    private static int indexOf(String text, String ends) {
        for (int i = 0; i < text.length(); i++) {
            if (ends.indexOf(text.charAt(i)) >= 0) {
                return i;
            }
        }
        return text.length();
    }

    private static String unescaped(String uri) {
        return ESCAPE.matcher(uri)
                .replaceAll(escape ->
                        Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(escape.group(1), 16))));
    }

    /** Digits, letters, dashes and blanks of all scripts become those of ASCII; marks without width go. */
    private static String plain(String verbatim) {
        var plain = new StringBuilder(verbatim.length());
        Normalizer.normalize(verbatim, Normalizer.Form.NFKC).codePoints().forEach(point -> append(plain, point));
        return plain.toString().strip();
    }

    private static void append(StringBuilder plain, int point) {
        switch (Character.getType(point)) {
            case Character.FORMAT, Character.NON_SPACING_MARK, Character.ENCLOSING_MARK -> {}
            case Character.DECIMAL_DIGIT_NUMBER -> plain.append(Character.digit(point, 10));
            case Character.DASH_PUNCTUATION -> plain.append('-');
            case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                plain.append(' ');
            default ->
                plain.appendCodePoint(
                        point == '\t' || point == '\n' || point == '\r'
                                ? ' '
                                : DASHES.indexOf(point) >= 0 ? '-' : DOTS.indexOf(point) >= 0 ? '.' : point);
        }
    }
}
