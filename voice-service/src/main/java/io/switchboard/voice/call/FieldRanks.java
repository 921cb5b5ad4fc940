package io.switchboard.voice.call;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * By field, how much weight the word had that a call's row holds, so that of two events the same one is believed in
 * whichever order they come. It only lives while one event is applied.
 */
final class FieldRanks {
    private final Map<String, Long> weights;

    FieldRanks(Map<String, Long> known) {
        weights = new TreeMap<>(known);
    }

    /** The weightier value; of equal weight the lesser one, which is arbitrary but the same everywhere. */
    <T extends Comparable<? super T>> @Nullable T keep(
            String field, @Nullable T known, @Nullable T heard, long weight) {
        if (heard == null || known != null && !outweighs(field, known, heard, weight)) {
            return known;
        }
        weights.put(field, weight);
        return heard;
    }

    boolean has(String field) {
        return weights.containsKey(field);
    }

    Map<String, Long> weights() {
        return Map.copyOf(weights);
    }

    private <T extends Comparable<? super T>> boolean outweighs(String field, T known, T heard, long weight) {
        long before = weights.getOrDefault(field, -1L);
        return weight > before || weight == before && heard.compareTo(known) < 0;
    }
}
