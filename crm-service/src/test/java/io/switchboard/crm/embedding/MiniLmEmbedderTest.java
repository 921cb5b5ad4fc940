package io.switchboard.crm.embedding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.switchboard.search.Embedder.Purpose;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The model in this process. */
class MiniLmEmbedderTest {
    private static final MiniLmEmbedder EMBEDDER = new MiniLmEmbedder();

    @AfterAll
    static void close() {
        EMBEDDER.close();
    }

    @Test
    void like_meanings_have_like_vectors() {
        var vectors = embed(List.of(
                "Where can I leave my car?",
                "Parking\nThere is a garage under the building for vehicles.",
                "Pets\nDogs and cats are welcome."));
        assertTrue(cosine(vectors.get(0), vectors.get(1)) > EMBEDDER.model().threshold());
        assertTrue(cosine(vectors.get(0), vectors.get(2)) < EMBEDDER.model().threshold());
        vectors.forEach(vector -> assertEquals(1, cosine(vector, vector), 0.0001));
    }

    @Test
    void queries_and_passages_at_once_are_those_one_by_one() {
        var texts = IntStream.range(0, 12).mapToObj(n -> "text number " + n).toList();
        var alone = texts.stream().map(text -> embed(List.of(text)).get(0)).toList();
        var passages = EMBEDDER.embed(texts, Purpose.PASSAGE).toCompletableFuture();
        var queries = texts.stream()
                .map(text -> EMBEDDER.embed(List.of(text), Purpose.QUERY).toCompletableFuture())
                .toList();
        for (int i = 0; i < texts.size(); i++) {
            assertArrayEquals(alone.get(i), passages.join().get(i), 0.0001f);
            assertArrayEquals(alone.get(i), queries.get(i).join().get(0), 0.0001f);
        }
    }

    @Test
    void texts_of_any_kind_have_a_vector() {
        var texts = List.of(
                "!?", "\u200b", "😀", "漢字".repeat(1_000), "x".repeat(2_000), "\u0000 \ud800", "<[CLS]> [SEP] [PAD]");
        for (var vector : embed(texts)) {
            assertEquals(384, vector.length);
        }
        assertArrayEquals(new float[384], embed(List.of("!?")).get(0));
    }

    @Test
    void what_is_too_much_is_refused() {
        try (var busy = new MiniLmEmbedder()) {
            var long_ = busy.embed(Collections.nCopies(2_000, "This takes a while."), Purpose.PASSAGE);
            var waiting = Stream.generate(
                            () -> busy.embed(List.of("one"), Purpose.PASSAGE).toCompletableFuture())
                    .limit(40)
                    .toList();
            assertTrue(waiting.stream()
                            .filter(CompletableFuture::isCompletedExceptionally)
                            .count()
                    >= 7);
            assertTrue(!long_.toCompletableFuture().isDone());
            assertEquals(
                    384,
                    busy.embed(List.of("A query goes its own way."), Purpose.QUERY)
                            .toCompletableFuture()
                            .join()
                            .get(0)
                            .length);
        }
    }

    private static List<float[]> embed(List<String> texts) {
        return EMBEDDER.embed(texts, Purpose.PASSAGE).toCompletableFuture().join();
    }

    private static double cosine(float[] one, float[] other) {
        double product = 0;
        for (int i = 0; i < one.length; i++) {
            product += one[i] * other[i];
        }
        return product;
    }
}
