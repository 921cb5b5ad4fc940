package io.switchboard.voice.provider.twilio;

import io.switchboard.voice.signature.Form;
import io.switchboard.voice.signature.Signature;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The spellings of a URL that Twilio may have signed. It signs the port or leaves it out, and signs some characters of the
 * query unescaped that it then sends escaped; its own validators try several spellings, too.
 */
final class TwilioUrl {
    private static final Pattern ORIGIN = Pattern.compile("(https?)://([^/?#]*?)(:\\d+)?([/?#].*)?");
    private static final Pattern ESCAPE = Pattern.compile("%(\\p{XDigit}{2})");

    /** What a query may hold unescaped, without separators and blanks. */
    private static final String LEGAL = "@:/?!$'()*,~-._";

    /** What JavaScript's {@code encodeURIComponent} does not escape, and {@link URLEncoder} does. */
    private static final String LEFT_BY_JAVASCRIPT = "!'()~";

    private TwilioUrl() {}

    /** The URL as received comes first. */
    static Set<String> spellings(String url) {
        Set<String> spellings = new LinkedHashSet<>();
        for (String each : queriesOf(url)) {
            spellings.add(each);
            spellings.add(otherPort(each));
        }
        return spellings;
    }

    private static List<String> queriesOf(String url) {
        int mark = url.indexOf('?');
        String query = url.substring(mark + 1);
        if (mark < 0 || query.indexOf('%') < 0 && query.indexOf('+') < 0) {
            return List.of(url);
        }
        String before = url.substring(0, mark + 1);
        return List.of(
                url, before + unescaped(query, "@:"), before + unescaped(query, LEGAL), before + encodedAnew(query));
    }

    private static String otherPort(String url) {
        Matcher origin = ORIGIN.matcher(url);
        if (!origin.matches()) {
            return url;
        }
        String port = origin.group(3) != null ? "" : origin.group(1).equals("https") ? ":443" : ":80";
        String rest = origin.group(4) == null ? "" : origin.group(4);
        return origin.group(1) + "://" + origin.group(2) + port + rest;
    }

    private static String unescaped(String text, String characters) {
        return ESCAPE.matcher(text).replaceAll(escape -> {
            char character = (char) Integer.parseInt(escape.group(1), 16);
            String plain = characters.indexOf(character) < 0 ? escape.group() : String.valueOf(character);
            return Matcher.quoteReplacement(plain);
        });
    }

    /** Each name and value, as JavaScript does it. */
    private static String encodedAnew(String query) {
        return Form.parse(Signature.utf8(query)).values().entrySet().stream()
                .flatMap(
                        field -> field.getValue().stream().map(value -> encoded(field.getKey()) + "=" + encoded(value)))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
        return unescaped(encoded, LEFT_BY_JAVASCRIPT);
    }
}
