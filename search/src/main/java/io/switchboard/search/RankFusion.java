package io.switchboard.search;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Joins rankings by reciprocal rank fusion (Cormack, Clarke, Buettcher 2009): each gives 1 / (60 + rank) to what it lists. Scores
 * of different kinds need not be comparable.
 */
public final class RankFusion {
    private static final int K = 60;

    private RankFusion() {}

    /** What was found, and the sum of what the rankings give it. */
    public record Ranked<T>(T item, double score) {}

    /** Best first; of equal ones, those of the earlier ranking first. @param rankings best first, each item once in each */
    public static <T> List<Ranked<T>> merge(List<List<T>> rankings, int limit) {
        var scores = new LinkedHashMap<T, Double>();
        for (var ranking : rankings) {
            for (int rank = 1; rank <= ranking.size(); rank++) {
                scores.merge(ranking.get(rank - 1), 1.0 / (K + rank), Double::sum);
            }
        }
        return scores.entrySet().stream()
                .map(entry -> new Ranked<>(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingDouble((Ranked<T> ranked) -> ranked.score())
                        .reversed())
                .limit(limit)
                .toList();
    }
}
