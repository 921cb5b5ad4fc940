package io.switchboard.kit.start;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RetryOnStartupTest {
    final Vertx vertx = Vertx.vertx();
    final AtomicInteger tries = new AtomicInteger();
    final CompletableFuture<Integer> done = new CompletableFuture<>();

    @AfterEach
    void close() {
        vertx.close();
    }

    @Test
    void it_is_tried_until_it_succeeds() throws Exception {
        new RetryOnStartup(vertx, Duration.ofMillis(5)).run("A thing", this::thirdTimeLucky);
        assertEquals(3, done.get(5, TimeUnit.SECONDS));
    }

    Uni<Void> thirdTimeLucky() {
        var count = tries.incrementAndGet();
        if (count == 1) {
            throw new IllegalStateException("at once");
        }
        if (count == 2) {
            return Uni.createFrom().failure(new IllegalStateException("later"));
        }
        done.complete(count);
        return Uni.createFrom().voidItem();
    }
}
