package io.switchboard.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;

class ChunkerTest {
    @Property(tries = 300)
    void no_word_is_lost_and_no_chunk_is_too_long(
            @ForAll @StringLength(max = 400) String title, @ForAll @StringLength(max = 6_000) String text) {
        var chunks = Chunker.chunks(title, text);
        for (var chunk : chunks) {
            assertTrue(chunk.length() <= Chunker.MOST_CHARACTERS, () -> chunk.length() + " characters");
            assertTrue(words(chunk) <= 180, () -> words(chunk) + " words");
        }
        assertEquals(
                letters(text),
                letters(String.join("", chunks.stream().map(Chunker::body).toList())));
    }

    @Property(tries = 100)
    void long_texts_are_cut_between_sentences(@ForAll @IntRange(min = 1, max = 60) int sentences) {
        var sentence = "one two three four five six seven eight nine ten.";
        var text = String.join(" ", Collections.nCopies(sentences, sentence));
        for (var chunk : Chunker.chunks("A title", text)) {
            assertTrue(chunk.startsWith("A title\none ") && chunk.endsWith(" ten."), chunk);
        }
    }

    @Example
    void an_empty_text_is_one_chunk_of_its_title() {
        assertEquals(List.of("Opening hours\n"), Chunker.chunks("Opening hours", " \n "));
    }

    @Example
    void a_word_without_end_is_cut() {
        var chunks = Chunker.chunks("t", "x".repeat(100_000));
        assertTrue(chunks.size() > 10 && chunks.stream().allMatch(chunk -> chunk.length() <= Chunker.MOST_CHARACTERS));
    }

    @Example
    void blanks_without_end_are_no_work() {
        assertEquals(List.of("t\na b"), Chunker.chunks("t", "a" + " ".repeat(1_000_000) + "b"));
    }

    @Example
    void characters_of_two_halves_stay_whole() {
        var emoji = "😀".repeat(2_000);
        var chunks = Chunker.chunks(emoji, emoji);
        assertTrue(chunks.stream()
                .allMatch(chunk -> chunk.codePoints().noneMatch(point -> point >= 0xd800 && point < 0xe000)));
    }

    private static long words(String text) {
        return Arrays.stream(text.split("\\s+")).filter(word -> !word.isEmpty()).count();
    }

    private static String letters(String text) {
        return text.replaceAll("\\s+", "");
    }
}
