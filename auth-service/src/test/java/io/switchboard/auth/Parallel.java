package io.switchboard.auth;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Does the same many times at once. */
public final class Parallel {
    private Parallel() {}

    public static <T> List<T> times(int count, Supplier<T> work) {
        var threads = Executors.newFixedThreadPool(count);
        var go = new CountDownLatch(1);
        try {
            var all = IntStream.range(0, count)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> after(go, work), threads))
                    .toList();
            go.countDown();
            return all.stream().map(CompletableFuture::join).toList();
        } finally {
            threads.shutdown();
        }
    }

    private static <T> T after(CountDownLatch go, Supplier<T> work) {
        try {
            go.await();
            return work.get();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
