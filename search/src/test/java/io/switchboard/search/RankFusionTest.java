package io.switchboard.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.switchboard.search.RankFusion.Ranked;
import java.util.HashSet;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.UniqueElements;

class RankFusionTest {
    @Property(tries = 300)
    void scores_are_the_sums_of_reciprocal_ranks(
            @ForAll @UniqueElements @Size(max = 30) List<@IntRange(max = 40) Integer> words,
            @ForAll @UniqueElements @Size(max = 30) List<@IntRange(max = 40) Integer> meaning) {
        var merged = RankFusion.merge(List.of(words, meaning), 100);
        var all = new HashSet<>(words);
        all.addAll(meaning);
        assertEquals(all, new HashSet<>(merged.stream().map(Ranked::item).toList()));
        for (var ranked : merged) {
            assertEquals(share(words, ranked.item()) + share(meaning, ranked.item()), ranked.score(), 1e-12);
        }
        for (int i = 1; i < merged.size(); i++) {
            assertTrue(merged.get(i - 1).score() >= merged.get(i).score());
        }
    }

    @Example
    void what_both_find_comes_first() {
        var merged = RankFusion.merge(List.of(List.of("a", "b", "c"), List.of("d", "c", "e")), 2);
        assertEquals(List.of("c", "a"), merged.stream().map(Ranked::item).toList());
    }

    private static double share(List<Integer> ranking, Integer item) {
        int at = ranking.indexOf(item);
        return at < 0 ? 0 : 1.0 / (61 + at);
    }
}
