package io.switchboard.voice.call;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How much each field's value in a call's row weighs, so that of two events the same one wins in either order. An instance
 * lives while one event is applied.
 */
final class FieldRanks {
    private final Map<String, Long> weights;

    FieldRanks(Map<String, Long> known) {
        weights = new TreeMap<>(known);
    }

    /** The weightier value; of equal weight the lesser one: arbitrary, but the same in any order. */
    <T extends Comparable<? super T>> @Nullable T keep(
            String field, @Nullable T known, @Nullable T reported, long weight) {
        if (reported == null || known != null && !outweighs(field, known, reported, weight)) {
            return known;
        }
        weights.put(field, weight);
        return reported;
    }

    boolean has(String field) {
        return weights.containsKey(field);
    }

    Map<String, Long> weights() {
        return Map.copyOf(weights);
    }

    private <T extends Comparable<? super T>> boolean outweighs(String field, T known, T reported, long weight) {
        long before = weights.getOrDefault(field, -1L);
        return weight > before || weight == before && reported.compareTo(known) < 0;
    }
}
