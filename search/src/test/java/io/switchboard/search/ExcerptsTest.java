package io.switchboard.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;

class ExcerptsTest {
    @Property(tries = 500)
    void only_marks_are_html(
            @ForAll @StringLength(max = 2_000) String text, @ForAll @StringLength(max = 100) String query) {
        assertOnlyMarks(Excerpts.of(text, query));
        assertOnlyMarks(Excerpts.ofHeadline(Excerpts.clean(text)));
    }

    @Property(tries = 200)
    void excerpts_are_short(@ForAll @StringLength(max = 3_000) String text) {
        assertTrue(text(Excerpts.of(text, "word")).length() <= 310);
    }

    @Example
    void words_are_marked_in_their_forms() {
        assertEquals(
                "You can <mark>park</mark> your <mark>car</mark> behind the house; <mark>parking</mark> is free.",
                Excerpts.of("You can park your car\nbehind the house; parking is free.", "Where is parking for cars?"));
    }

    @Example
    void the_part_with_most_words_is_shown() {
        var text = "Something else. ".repeat(60) + "A refund takes five days after the return of the goods. "
                + "And so on. ".repeat(60);
        var excerpt = Excerpts.of(text, "refunds for returned goods");
        assertTrue(excerpt.startsWith("… ") && excerpt.endsWith(" …"), excerpt);
        assertTrue(
                excerpt.contains(
                        "A <mark>refund</mark> takes five days after the <mark>return</mark> of the <mark>goods</mark>."),
                excerpt);
    }

    @Example
    void html_in_a_text_is_text() {
        assertEquals(
                "&lt;script&gt;<mark>alert</mark>(&quot;&amp;&#39;&quot;)&lt;/script&gt;",
                Excerpts.of("<script>alert(\"&'\")</script>", "alert"));
        assertEquals(
                "&lt;b&gt; <mark>five</mark> &amp; six",
                Excerpts.ofHeadline("<b> " + Excerpts.START + "five" + Excerpts.STOP + " & six"));
    }

    private static void assertOnlyMarks(String html) {
        var rest = html.replace("<mark>", "").replace("</mark>", "");
        assertTrue(
                rest.indexOf('<') < 0 && rest.indexOf('>') < 0 && rest.indexOf('"') < 0 && rest.indexOf('\n') < 0,
                html);
        assertTrue(rest.replaceAll("&(amp|lt|gt|quot|#39);", "").indexOf('&') < 0, html);
        assertEquals(html.split("<mark>", -1).length, html.split("</mark>", -1).length);
    }

    private static String text(String html) {
        return html.replaceAll("</?mark>", "").replaceAll("&[a-z0-9#]+;", "x");
    }
}
