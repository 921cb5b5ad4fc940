package io.switchboard.auth.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.switchboard.kit.problem.Problem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HashQueueTest {
    final HashQueue queue = new HashQueue(8);
    final CountDownLatch go = new CountDownLatch(1);
    final List<String> done = Collections.synchronizedList(new ArrayList<>());
    final List<CompletableFuture<?>> begun = new ArrayList<>();

    @BeforeEach
    void fillEveryCore() {
        for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
            begun.add(queue.run(new HashCaller(false, "core " + i), this::waitForGo)
                    .subscribeAsCompletionStage());
        }
    }

    @AfterEach
    void stop() {
        go.countDown();
        queue.stop();
    }

    @Test
    void strangers_fill_only_their_own_lane() {
        assertEquals(4, accepted("stranger", 20, false));
        assertEquals(4, accepted("known", 20, true));
    }

    @Test
    void one_source_gets_at_most_half_of_a_lane() {
        for (var known : List.of(true, false)) {
            assertEquals(2, places(20, new HashCaller(known, "203.0.113.9")));
            assertEquals(2, places(20, new HashCaller(known, "198.51.100.4")));
        }
    }

    @Test
    void lanes_take_turns() {
        accepted("stranger", 4, false);
        accepted("known", 4, true);
        go.countDown();
        begun.forEach(CompletableFuture::join);
        assertEquals(8, done.size());
        assertTrue(done.subList(0, 4).stream().anyMatch(name -> name.startsWith("known")), done.toString());
        assertTrue(done.subList(0, 4).stream().anyMatch(name -> name.startsWith("stranger")), done.toString());
    }

    @Test
    void places_are_free_again_when_the_work_is_done() {
        accepted("stranger", 4, false);
        go.countDown();
        begun.forEach(CompletableFuture::join);
        assertEquals(
                "done",
                queue.run(new HashCaller(false, "stranger 0"), () -> "done")
                        .await()
                        .indefinitely());
    }

    int accepted(String name, int count, boolean known) {
        var accepted = 0;
        for (int i = 0; i < count; i++) {
            accepted += places(1, new HashCaller(known, name + " " + i));
        }
        return accepted;
    }

    int places(int count, HashCaller caller) {
        var accepted = 0;
        for (int i = 0; i < count; i++) {
            var work = queue.run(caller, () -> done.add(caller.source())).subscribeAsCompletionStage();
            if (work.isCompletedExceptionally()) {
                assertEquals(
                        503,
                        work.handle((ok, failure) -> ((Problem) failure).status())
                                .join());
            } else {
                begun.add(work);
                accepted++;
            }
        }
        return accepted;
    }

    boolean waitForGo() {
        try {
            go.await();
            return true;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
