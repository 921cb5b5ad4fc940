package io.switchboard.kit.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CleanTextTest {
    private static final String SMILE = "\ud83d\ude00";

    @Test
    void text_is_cut_between_characters() {
        assertEquals("abc", CleanText.cut("abc", 3));
        assertEquals("ab", CleanText.cut("abc", 2));
        assertEquals("a" + SMILE, CleanText.cut("a" + SMILE + "b", 3));
        assertEquals("a", CleanText.cut("a" + SMILE + "b", 2));
        assertEquals("", CleanText.cut(SMILE, 1));
        assertEquals("", CleanText.cut("a", 0));
    }

    @Test
    void what_was_half_before_is_no_reason_to_cut_more() {
        assertEquals("a\ud83d", CleanText.cut("a\ud83d\ud83dx", 2));
    }

    @Test
    void blanks_and_marks_alone_are_not_to_be_seen() {
        for (var blank : new String[] {"", " ", "\t\n", "\u00a0", "\u3000", "\u200b", "\u202a\u202c", "\ufeff"}) {
            assertFalse(CleanText.isVisible(blank));
        }
        assertTrue(CleanText.isVisible(" \u200eA"));
        assertTrue(CleanText.isVisible(SMILE));
    }
}
