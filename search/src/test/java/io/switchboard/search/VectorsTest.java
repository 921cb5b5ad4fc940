package io.switchboard.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.switchboard.search.VectorBlock.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class VectorsTest {
    private static final double STEP = 0.001; // what 16 bits a number may change of a cosine

    @Property(tries = 100)
    void every_source_near_enough_is_found_nearest_first(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 400) int size,
            @ForAll @IntRange(min = 1, max = 50) int dimensions) {
        var random = new Random(seed);
        var entries = entries(random, size, dimensions);
        var query = vector(random, dimensions);
        double threshold = random.nextDouble() - 0.3;
        var hits = split(random, entries, dimensions).nearest(query, threshold, size);

        var expected = new HashMap<UUID, Double>();
        entries.forEach(entry -> expected.merge(entry.sourceId(), cosine(query, entry.vector()), Math::max));
        var found = new HashMap<UUID, Double>();
        hits.forEach(hit -> assertNull(found.put(hit.sourceId(), hit.score()), "a source twice"));
        expected.forEach((source, score) ->
                assertTrue(Math.abs(score - threshold) < STEP || found.containsKey(source) == score > threshold));
        found.forEach((source, score) -> assertEquals(expected.get(source), score, STEP));
        for (int i = 1; i < hits.size(); i++) {
            assertTrue(hits.get(i - 1).score() >= hits.get(i).score());
        }
    }

    @Property(tries = 100)
    void the_nearest_text_of_a_source_is_named(@ForAll long seed) {
        var random = new Random(seed);
        var entries = entries(random, 60, 8);
        var query = vector(random, 8);
        for (var hit : split(random, entries, 8).nearest(query, -1, 5)) {
            var text = entries.stream()
                    .filter(entry -> entry.textId().equals(hit.textId()))
                    .findFirst()
                    .orElseThrow();
            assertEquals(hit.sourceId(), text.sourceId());
            assertEquals(cosine(query, text.vector()), hit.score(), STEP);
        }
    }

    @Example
    void vectors_without_a_length_are_near_to_nothing() {
        var entries = List.of(
                new Entry(UUID.randomUUID(), UUID.randomUUID(), new float[3]),
                new Entry(UUID.randomUUID(), UUID.randomUUID(), new float[] {Float.NaN, 1, 0}));
        var set = VectorSet.EMPTY.plus(1, List.of(VectorBlock.of(entries, 3)));
        assertEquals(List.of(), set.nearest(new float[] {1, 1, 1}, 0.1, 10));
        assertEquals(List.of(), set.nearest(new float[3], 0.1, 10));
    }

    @Property(tries = 50)
    void the_cache_keeps_what_was_used_last_within_its_bytes(@ForAll long seed) {
        var random = new Random(seed);
        var cache = new VectorCache<Integer>(20_000);
        var model = new ArrayList<Map.Entry<Integer, VectorSet>>(); // the last used at the end
        for (int step = 0; step < 200; step++) {
            int owner = random.nextInt(12);
            if (random.nextBoolean()) {
                var set = split(random, entries(random, random.nextInt(60), 10), 10);
                cache.put(owner, set);
                model.removeIf(kept -> kept.getKey() == owner);
                if (set.bytes() <= 20_000) {
                    model.add(Map.entry(owner, set));
                }
                while (model.stream().mapToLong(kept -> kept.getValue().bytes()).sum() > 20_000) {
                    model.remove(0);
                }
            } else {
                var kept = model.stream().filter(one -> one.getKey() == owner).findFirst();
                assertSame(kept.map(Map.Entry::getValue).orElse(null), cache.get(owner));
                kept.ifPresent(one -> {
                    model.remove(one);
                    model.add(one);
                });
            }
            assertTrue(cache.bytes() <= 20_000);
        }
    }

    /** Added in parts, as they are embedded. */
    private static VectorSet split(Random random, List<Entry> entries, int dimensions) {
        var set = VectorSet.EMPTY;
        for (int from = 0; from < entries.size(); ) {
            int to = Math.min(entries.size(), from + 1 + random.nextInt(100));
            set = set.plus(to, List.of(VectorBlock.of(entries.subList(from, to), dimensions)));
            from = to;
        }
        return set;
    }

    /** Some of one source. */
    private static List<Entry> entries(Random random, int size, int dimensions) {
        var entries = new ArrayList<Entry>();
        for (int i = 0; i < size; i++) {
            var source = i > 0 && random.nextInt(3) == 0 ? entries.get(i - 1).sourceId() : UUID.randomUUID();
            entries.add(new Entry(source, UUID.randomUUID(), vector(random, dimensions)));
        }
        return entries;
    }

    private static float[] vector(Random random, int dimensions) {
        var vector = new float[dimensions];
        for (int i = 0; i < dimensions; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }

    private static double cosine(float[] one, float[] other) {
        double product = 0;
        double square = 0;
        double otherSquare = 0;
        for (int i = 0; i < one.length; i++) {
            product += one[i] * other[i];
            square += one[i] * one[i];
            otherSquare += other[i] * other[i];
        }
        return product / Math.sqrt(square * otherSquare);
    }
}
