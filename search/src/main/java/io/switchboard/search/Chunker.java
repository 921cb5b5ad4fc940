package io.switchboard.search;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Cuts a text into chunks that an embedding model reads in full, between sentences where it can. Each begins with the title on a
 * line of its own, as a chunk from the middle of a text may not name what it is about.
 */
public final class Chunker {
    public static final int MOST_CHARACTERS = 2_000;
    private static final int MOST_WORDS = 180;
    private static final int TITLE_WORDS = 40;
    private static final int WORD_CHARACTERS = 50;
    private static final int TITLE_CHARACTERS = 300;
    private static final int BODY_CHARACTERS = MOST_CHARACTERS - TITLE_CHARACTERS - 1;
    private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.!?])\\s+|\\n");
    private static final Pattern SPACE = Pattern.compile("\\s+");

    private final String title;
    private final int room;
    private final List<String> chunks = new ArrayList<>();
    private final StringBuilder body = new StringBuilder();
    private int words;

    private Chunker(String title) {
        var titleWords = words(title);
        this.title = cut(String.join(" ", titleWords.subList(0, Math.min(TITLE_WORDS, titleWords.size()))));
        this.room = MOST_WORDS - Math.min(TITLE_WORDS, titleWords.size());
    }

    /** At least one chunk, even of an empty text. None has more than 180 words. */
    public static List<String> chunks(String title, String text) {
        var chunker = new Chunker(title);
        for (var sentence : SENTENCE_END.split(text)) {
            chunker.add(words(sentence));
        }
        return chunker.finish();
    }

    /** The chunk without its title. */
    public static String body(String chunk) {
        return chunk.substring(chunk.indexOf('\n') + 1);
    }

    private void add(List<String> sentence) {
        int length = sentence.stream().mapToInt(word -> word.length() + 1).sum();
        if (words + sentence.size() > room || body.length() + length > BODY_CHARACTERS) {
            end();
        }
        for (var word : sentence) {
            if (words == room || body.length() + word.length() + 1 > BODY_CHARACTERS) {
                end();
            }
            body.append(words == 0 ? "" : " ").append(word);
            words++;
        }
    }

    private void end() {
        if (words > 0) {
            chunks.add(title + "\n" + body);
            body.setLength(0);
            words = 0;
        }
    }

    private List<String> finish() {
        end();
        return chunks.isEmpty() ? List.of(title + "\n") : List.copyOf(chunks);
    }

    /** What has no spaces for long is cut, too: its parts count as words. */
    private static List<String> words(String text) {
        var words = new ArrayList<String>();
        for (var word : SPACE.split(text)) {
            for (int from = 0; from < word.length(); ) {
                int to = end(word, from, WORD_CHARACTERS);
                words.add(word.substring(from, to));
                from = to;
            }
        }
        return words;
    }

    private static String cut(String title) {
        return title.substring(0, end(title, 0, TITLE_CHARACTERS));
    }

    /** Never between the halves of a character. */
    private static int end(String text, int from, int most) {
        int to = Math.min(text.length(), from + most);
        return to < text.length() && Character.isHighSurrogate(text.charAt(to - 1)) ? to - 1 : to;
    }
}
