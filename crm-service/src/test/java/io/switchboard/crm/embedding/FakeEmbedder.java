package io.switchboard.crm.embedding;

import io.switchboard.search.Embedder;
import io.switchboard.search.EmbeddingModel;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Stands for an endpoint of a model: texts with the same words are near to each other. It can be away, slow, or stop. */
public final class FakeEmbedder implements Embedder {
    private static final int DIMENSIONS = 256;

    final Queue<String> passages = new ConcurrentLinkedQueue<>();
    private final String name;
    private volatile boolean away;
    private volatile String heldWord = "";
    private volatile CompletableFuture<Void> gate = CompletableFuture.completedFuture(null);
    private volatile int stopsAfter = Integer.MAX_VALUE;

    public FakeEmbedder(String name) {
        this.name = name;
    }

    public FakeEmbedder away() {
        away = true;
        return this;
    }

    /** Passages with a word wait for {@link #release}. */
    FakeEmbedder holds(String word) {
        heldWord = word;
        gate = new CompletableFuture<>();
        return this;
    }

    void release() {
        gate.complete(null);
    }

    /** The batch after so many passages is not answered, ever. */
    FakeEmbedder stopsAfter(int embedded) {
        stopsAfter = embedded;
        return this;
    }

    @Override
    public EmbeddingModel model() {
        return new EmbeddingModel(name, DIMENSIONS, 0.3);
    }

    @Override
    public CompletionStage<List<float[]>> embed(List<String> texts, Purpose purpose) {
        if (away) {
            return CompletableFuture.failedStage(new IllegalStateException(name + " is away"));
        }
        if (purpose == Purpose.PASSAGE) {
            if (passages.size() >= stopsAfter) {
                return new CompletableFuture<>();
            }
            passages.addAll(texts);
        }
        var vectors = texts.stream().map(FakeEmbedder::vector).toList();
        return purpose == Purpose.PASSAGE && texts.stream().anyMatch(text -> text.contains(heldWord))
                ? gate.thenApply(open -> vectors)
                : CompletableFuture.completedStage(vectors);
    }

    private static float[] vector(String text) {
        var vector = new float[DIMENSIONS];
        for (var word : text.toLowerCase(Locale.ROOT).split("\\W+")) {
            vector[Math.floorMod(word.hashCode() * 31, DIMENSIONS)] += 1;
        }
        return vector;
    }
}
