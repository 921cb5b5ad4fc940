package io.switchboard.crm.embedding;

import io.switchboard.search.Embedder;
import io.switchboard.search.EmbeddingModel;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The model in this process. It takes 100 MB and half a second, so it is loaded at its first use, on one of its own two threads. A
 * query does not wait for passages.
 */
final class MiniLmEmbedder implements Embedder, AutoCloseable {
    /** The threshold is measured: see bench/search. */
    static final EmbeddingModel MODEL = new EmbeddingModel("all-minilm-l6-v2-q", 384, 0.215);

    private static final int WAITING_QUERIES = 64;
    private static final int WAITING_PASSAGES = 32;

    private final ThreadPoolExecutor queries = thread("embedding-queries", WAITING_QUERIES);
    private final ThreadPoolExecutor passages = thread("embedding-passages", WAITING_PASSAGES);

    private @Nullable Model loaded;
    private boolean closed;

    /** Stands for the model's own class, which is not loaded with this one. */
    interface Model extends Function<String, float[]>, AutoCloseable {
        @Override
        void close();
    }

    @Override
    public EmbeddingModel model() {
        return MODEL;
    }

    /** Fails with RejectedExecutionException if too many wait. */
    @Override
    public CompletionStage<List<float[]>> embed(List<String> texts, Purpose purpose) {
        try {
            return CompletableFuture.supplyAsync(() -> vectors(texts), purpose == Purpose.QUERY ? queries : passages);
        } catch (RejectedExecutionException full) {
            return CompletableFuture.failedStage(full);
        }
    }

    /** What waits is not embedded any more. The model's memory is given back, unless it is in use for long. */
    @Override
    public void close() {
        queries.shutdownNow();
        passages.shutdownNow();
        boolean idle = ends(queries) && ends(passages);
        synchronized (this) {
            closed = true;
            if (idle && loaded != null) {
                loaded.close();
            }
        }
    }

    private static boolean ends(ThreadPoolExecutor thread) {
        try {
            return thread.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private List<float[]> vectors(List<String> texts) {
        var model = loadedModel();
        return texts.stream()
                .map(text -> hasWords(text) ? model.apply(text) : new float[MODEL.dimensions()])
                .toList();
    }

    private synchronized Model loadedModel() {
        if (closed) {
            throw new RejectedExecutionException("closed");
        }
        if (loaded == null) {
            // Else its tokenizer tells its makers of each start, over the network.
            System.setProperty("ai.djl.offline", "true");
            System.setProperty("OPT_OUT_TRACKING", "true");
            loaded = MiniLm.load();
        }
        return loaded;
    }

    /** The library fails on a text without tokens. */
    private static boolean hasWords(String text) {
        return text.codePoints().anyMatch(Character::isLetterOrDigit);
    }

    private static ThreadPoolExecutor thread(String name, int waiting) {
        var executor = new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(waiting), work -> {
            var thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        });
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }
}
