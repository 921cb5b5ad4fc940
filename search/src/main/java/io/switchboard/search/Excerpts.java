package io.switchboard.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Excerpts of texts for people: HTML, in which only the words that were searched for are marked. */
public final class Excerpts {
    /** For StartSel and StopSel of PostgreSQL's ts_headline: characters of no language. */
    public static final String START = "\ue000";

    public static final String STOP = "\ue001";

    private static final int LENGTH = 240;
    private static final int LONGEST_TEXT = 20_000;
    private static final int FEWEST_LETTERS = 3;
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");
    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final List<String> ENDINGS = List.of("ing", "ies", "ed", "es", "ly", "s", "e", "y");
    private static final Set<String> COMMON = Set.of(
            "about", "after", "all", "and", "any", "are", "but", "can", "could", "did", "does", "for", "from", "get",
            "had", "has", "have", "how", "its", "just", "may", "not", "our", "out", "shall", "should", "that", "the",
            "their", "them", "then", "there", "these", "they", "this", "was", "were", "what", "when", "where", "which",
            "who", "why", "will", "with", "would", "you", "your");

    private Excerpts() {}

    /** Words to mark stand at [start, end). */
    private record Match(int start, int end) {}

    /** The part of a text that has most words of a query, in their forms; its beginning if it has none. One line. */
    public static String of(String text, String query) {
        return ofHeadline(headline(text, query));
    }

    /** A headline of PostgreSQL's, or of {@link #headline}, made of a text without {@link #START} and {@link #STOP}. */
    public static String ofHeadline(String headline) {
        return escape(line(headline)).replace(START, "<mark>").replace(STOP, "</mark>");
    }

    /** The same part as plain text, with {@link #START} and {@link #STOP} around the words. */
    public static String headline(String text, String query) {
        var line = line(clean(head(text)));
        var matches = matches(line, stems(query));
        int from = from(line, matches);
        int to = wordEnd(line, Math.min(line.length(), from + LENGTH));
        var headline = new StringBuilder(from > 0 ? "… " : "");
        int at = from;
        for (var match : matches) {
            if (match.start() >= at && match.end() <= to) {
                headline.append(line, at, match.start()).append(START);
                headline.append(line, match.start(), match.end()).append(STOP);
                at = match.end();
            }
        }
        return headline.append(line, at, to)
                .append(to < line.length() ? " …" : "")
                .toString();
    }

    /** A text that has no marks of its own. */
    public static String clean(String text) {
        return text.replace(START, "").replace(STOP, "");
    }

    private static String line(String text) {
        return SPACE.matcher(text).replaceAll(" ").strip();
    }

    private static String head(String text) {
        return text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text;
    }

    private static Set<String> stems(String query) {
        return WORD.matcher(query)
                .results()
                .map(word -> word.group().toLowerCase(Locale.ROOT))
                .filter(word -> word.length() >= FEWEST_LETTERS && !COMMON.contains(word))
                .map(Excerpts::stem)
                .collect(Collectors.toSet());
    }

    private static String stem(String word) {
        for (var ending : ENDINGS) {
            if (word.endsWith(ending) && word.length() - ending.length() >= FEWEST_LETTERS) {
                return word.substring(0, word.length() - ending.length());
            }
        }
        return word;
    }

    private static List<Match> matches(String line, Set<String> stems) {
        var matches = new ArrayList<Match>();
        var words = WORD.matcher(line);
        while (words.find()) {
            var word = words.group().toLowerCase(Locale.ROOT);
            if (!COMMON.contains(word) && stems.contains(stem(word))) {
                matches.add(new Match(words.start(), words.end()));
            }
        }
        return matches;
    }

    /** Where the part begins: a little before the match with most others after it. */
    private static int from(String line, List<Match> matches) {
        int best = 0;
        int bestCount = 0;
        int last = 0;
        for (int first = 0; first < matches.size(); first++) {
            while (last < matches.size()
                    && matches.get(last).end() - matches.get(first).start() <= LENGTH * 3 / 4) {
                last++;
            }
            if (last - first > bestCount) {
                bestCount = last - first;
                best = matches.get(first).start();
            }
        }
        return best <= LENGTH / 4 || line.length() <= LENGTH ? 0 : wordStart(line, best - LENGTH / 4);
    }

    private static int wordStart(String line, int at) {
        int space = line.indexOf(' ', at);
        return space < 0 || space - at > LENGTH / 4 ? whole(line, at) : space + 1;
    }

    private static int wordEnd(String line, int at) {
        if (at == line.length()) {
            return at;
        }
        int space = line.lastIndexOf(' ', at);
        return space < at - LENGTH / 4 ? whole(line, at) : space;
    }

    /** Never between the halves of a character. */
    private static int whole(String line, int at) {
        return Character.isLowSurrogate(line.charAt(at)) ? at - 1 : at;
    }

    private static String escape(String text) {
        var html = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> html.append("&amp;");
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '"' -> html.append("&quot;");
                case '\'' -> html.append("&#39;");
                default -> html.append(c);
            }
        }
        return html.toString();
    }
}
