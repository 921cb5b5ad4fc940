package io.switchboard.kit.tenant;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private static final int WAITING = 2_000;
    private static final Vertx VERTX = Vertx.vertx();
    private static final ContextInternal LOOP = (ContextInternal) VERTX.getOrCreateContext();

    private final Admission admission = new Admission(VERTX, 1, WAITING, Duration.ofMinutes(2), Duration.ofMinutes(1));
    private final Promise<String> first = Promise.promise();
    private final List<String> ended = new CopyOnWriteArrayList<>();
    private final List<Context> seen = new CopyOnWriteArrayList<>();

    @AfterAll
    static void close() {
        VERTX.close();
    }

    /** The end of one piece of work has the next one begin, and each finds the context of its own request. */
    @Test
    void work_that_has_waited_begins_on_the_context_of_its_request() {
        var requests = Stream.generate(LOOP::duplicate).limit(3).toList();
        run(requests.get(0), first::future);
        run(requests.get(1), () -> Future.succeededFuture("second"));
        run(requests.get(2), () -> Future.succeededFuture("third"));
        LOOP.runOnContext(turn -> first.complete("first"));
        await().until(() -> ended.size() == 3);
        assertEquals(List.of("first", "second", "third"), ended);
        assertEquals(requests, seen);
    }

    /** Others may be lost with the connection of the first; the pool hears of them within the same turn of the loop. */
    @Test
    void after_a_failure_what_waits_begins_in_a_later_turn() {
        run(LOOP.duplicate(), first::future);
        run(LOOP.duplicate(), () -> Future.succeededFuture("second"));
        LOOP.runOnContext(turn -> {
            LOOP.runOnContext(later -> ended.add("the pool has heard"));
            first.fail("lost");
        });
        await().until(() -> ended.size() == 3);
        assertEquals(List.of("lost", "the pool has heard", "second"), ended);
    }

    /** As when the pool is closed: none of them begins within the end of the one before. */
    @Test
    void all_that_wait_may_end_at_once() {
        var deepest = new AtomicInteger();
        run(LOOP.duplicate(), first::future);
        IntStream.range(0, WAITING)
                .forEach(n -> run(LOOP.duplicate(), () -> {
                    deepest.accumulateAndGet(Thread.currentThread().getStackTrace().length, Math::max);
                    return Future.failedFuture("closed");
                }));
        LOOP.runOnContext(turn -> first.fail("closed"));
        await().until(() -> ended.size() == WAITING + 1);
        assertEquals(List.of("closed"), ended.stream().distinct().toList());
        assertTrue(deepest.get() < 200, () -> deepest + " calls within each other");
    }

    /** Of another tenant each time. */
    private void run(ContextInternal request, Supplier<Future<String>> work) {
        request.runOnContext(turn -> admission
                .run(UUID.randomUUID(), true, () -> {
                    seen.add(Vertx.currentContext());
                    return work.get();
                })
                .subscribe()
                .with(ended::add, failure -> ended.add(failure.getMessage())));
    }
}
