package io.switchboard.voice.call;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import io.switchboard.kit.problem.Problem;
import io.switchboard.voice.inbox.PermanentFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TranslationPoolTest {
    private static final int MOST_OVERDUE = 2;

    private final UUID acme = UUID.randomUUID();
    private final UUID globex = UUID.randomUUID();
    private final TranslationPool pool = new TranslationPool(Duration.ofMillis(50));
    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void stop() {
        end.countDown();
        pool.stop(new ShutdownEvent());
    }

    @Test
    void a_translation_runs_on_a_thread_of_its_own() {
        assertEquals(
                "translation",
                outcome(pool.run(acme, () -> Thread.currentThread().getName())).join());
    }

    @Test
    void its_failure_is_the_failure() {
        var failed = outcome(pool.run(acme, () -> {
            throw new IllegalStateException("no");
        }));
        assertTrue(assertThrows(CompletionException.class, failed::join).getCause() instanceof IllegalStateException);
    }

    @Test
    void what_takes_too_long_is_interrupted_and_given_up() {
        var interrupted = new AtomicBoolean();
        var slow = outcome(pool.run(acme, () -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                interrupted.set(true);
            }
            return "late";
        }));
        assertTrue(assertThrows(CompletionException.class, slow::join).getCause() instanceof PermanentFailure);
        await().untilTrue(interrupted);
    }

    @Test
    void many_of_a_tenant_may_be_translated_at_once() {
        var ready = new CountDownLatch(12);
        var all = new ArrayList<CompletableFuture<String>>();
        var patient = new TranslationPool(Duration.ofSeconds(10));
        for (int i = 0; i < 12; i++) {
            all.add(outcome(patient.run(acme, () -> {
                ready.countDown();
                while (ready.getCount() > 0) {
                    Thread.onSpinWait();
                }
                return "fine";
            })));
        }
        all.forEach(each -> assertEquals("fine", each.join()));
        patient.stop(new ShutdownEvent());
    }

    @Test
    void threads_that_never_end_are_missed_by_their_tenant_alone() {
        for (int i = 0; i < MOST_OVERDUE; i++) {
            var stuck = outcome(pool.run(acme, this::computeUntilTheEnd));
            assertTrue(assertThrows(CompletionException.class, stuck::join).getCause() instanceof PermanentFailure);
        }
        var refused = outcome(pool.run(acme, () -> "fine"));
        assertTrue(assertThrows(CompletionException.class, refused::join).getCause() instanceof Problem);
        assertEquals("fine", outcome(pool.run(globex, () -> "fine")).join());
        end.countDown();
        await().untilAsserted(() ->
                assertEquals("fine", outcome(pool.run(acme, () -> "fine")).join()));
    }

    /** As arithmetic does, it does not look whether it is interrupted. */
    private String computeUntilTheEnd() {
        while (end.getCount() > 0) {
            Thread.onSpinWait();
        }
        return "late";
    }

    private static <T> CompletableFuture<T> outcome(Uni<T> work) {
        return work.subscribeAsCompletionStage();
    }
}
