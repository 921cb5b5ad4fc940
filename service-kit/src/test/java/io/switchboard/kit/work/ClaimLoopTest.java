package io.switchboard.kit.work;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClaimLoopTest {
    private static final Duration NEVER = Duration.ofHours(1);

    private final Vertx vertx = Vertx.vertx();
    private final Pieces pieces = new Pieces();
    private ClaimLoop<String> loop;

    @AfterEach
    void close() {
        loop.stop();
        vertx.close();
    }

    @Test
    void due_pieces_run_a_few_at_a_time() {
        IntStream.range(0, 20).forEach(n -> pieces.due.add("acme:" + n));
        start(3, 6, NEVER);
        for (int ended = 0; ended < 20; ended++) {
            await().until(() -> !pieces.running.isEmpty());
            assertTrue(pieces.running.size() <= 3);
            pieces.end(pieces.running.keySet().iterator().next());
        }
        await().until(() -> pieces.ended.size() == 20);
        assertTrue(pieces.mostHeld <= 6);
    }

    @Test
    void a_wake_during_a_claim_is_not_lost() {
        pieces.claimsWait = true;
        start(1, 1, NEVER);
        await().until(() -> pieces.claims.size() == 1);
        pieces.due.add("acme:1");
        loop.wake();
        pieces.claims.remove().complete(List.of());
        await().until(() -> pieces.claims.size() == 1);
    }

    @Test
    void a_lost_wake_costs_one_poll() {
        start(1, 1, Duration.ofMillis(30));
        pieces.due.add("acme:1");
        await().until(() -> pieces.running.containsKey("acme:1"));
    }

    @Test
    void a_failed_claim_is_tried_again_without_a_wake() {
        pieces.failures = 2;
        pieces.due.add("acme:1");
        start(1, 1, NEVER);
        await().until(() -> pieces.running.containsKey("acme:1"));
    }

    @Test
    void after_a_failed_run_the_loop_goes_on() {
        pieces.due.addAll(List.of("acme:1", "acme:2"));
        start(1, 1, NEVER);
        await().until(() -> pieces.running.containsKey("acme:1"));
        pieces.running.remove("acme:1").fail(new IllegalStateException("away"));
        await().until(() -> pieces.running.containsKey("acme:2"));
    }

    @Test
    void the_owner_with_the_fewest_running_is_next() {
        pieces.due.addAll(List.of("acme:1", "acme:2", "acme:3", "globex:1"));
        start(2, 4, NEVER);
        await().until(() -> pieces.running.size() == 2);
        pieces.end("acme:1");
        await().until(() -> pieces.running.containsKey("globex:1"));
    }

    @Test
    void a_stopped_loop_gives_pieces_back_that_it_has_not_begun() {
        pieces.due.addAll(List.of("acme:1", "acme:2", "acme:3"));
        start(1, 2, NEVER);
        await().until(() -> pieces.running.containsKey("acme:1"));
        loop.stop();
        pieces.end("acme:1");
        loop.wake();
        assertEquals(List.of("acme:2"), List.copyOf(pieces.released));
        assertEquals(List.of("acme:3"), List.copyOf(pieces.due));
    }

    @Test
    void pieces_claimed_while_the_loop_stops_are_given_back() {
        pieces.claimsWait = true;
        start(1, 1, NEVER);
        await().until(() -> pieces.claims.size() == 1);
        loop.stop();
        pieces.claims.remove().complete(List.of("acme:1"));
        await().until(() -> pieces.released.contains("acme:1"));
        assertTrue(pieces.running.isEmpty());
    }

    @Test
    void behind_a_piece_without_followers_only_a_wake_asks_again() {
        pieces.followers = false;
        pieces.due.add("acme:1");
        start(1, 1, NEVER);
        await().until(() -> pieces.running.containsKey("acme:1"));
        int asked = pieces.asked;
        pieces.end("acme:1");
        pieces.due.add("acme:2");
        loop.wake();
        await().until(() -> pieces.running.containsKey("acme:2"));
        assertEquals(asked + 1, pieces.asked);
    }

    @Test
    void a_wake_while_there_is_no_room_is_not_lost() {
        pieces.followers = false;
        pieces.due.add("acme:1");
        start(1, 1, NEVER);
        await().until(() -> pieces.running.containsKey("acme:1"));
        pieces.due.add("acme:2");
        loop.wake();
        vertx.runOnContext(after -> pieces.end("acme:1"));
        await().until(() -> pieces.running.containsKey("acme:2"));
    }

    private void start(int concurrency, int capacity, Duration poll) {
        loop = new ClaimLoop<>(vertx, pieces, concurrency, capacity, poll);
        loop.start();
    }

    /** Due pieces by name, as owner:number; each runs until the test ends it. */
    private static final class Pieces implements LeasedWork<String> {
        final Queue<String> due = new ConcurrentLinkedQueue<>();
        final Map<String, UniEmitter<? super Void>> running = new ConcurrentHashMap<>();
        final Queue<String> ended = new ConcurrentLinkedQueue<>();
        final Queue<String> released = new ConcurrentLinkedQueue<>();
        final Queue<UniEmitter<? super List<String>>> claims = new ConcurrentLinkedQueue<>();
        volatile boolean claimsWait;
        volatile int failures;
        volatile int mostHeld;
        volatile boolean followers = true;
        volatile int asked;

        @Override
        public String name() {
            return "A test's work";
        }

        @Override
        public Uni<List<String>> claim(int atMost, List<String> held) {
            asked++;
            if (failures > 0) {
                failures--;
                throw new IllegalStateException("away");
            }
            if (claimsWait) {
                return Uni.createFrom().emitter((UniEmitter<? super List<String>> claim) -> claims.add(claim));
            }
            var claimed = new ArrayList<String>();
            while (claimed.size() < atMost && !due.isEmpty()) {
                claimed.add(due.remove());
            }
            mostHeld = Math.max(mostHeld, held.size() + claimed.size());
            return Uni.createFrom().item(claimed);
        }

        @Override
        public Uni<?> run(String piece) {
            return Uni.createFrom().emitter((UniEmitter<? super Void> emitter) -> running.put(piece, emitter));
        }

        @Override
        public Uni<?> release(List<String> pieces) {
            released.addAll(pieces);
            return Uni.createFrom().voidItem();
        }

        @Override
        public boolean mayHaveFollowers(String piece) {
            return followers;
        }

        @Override
        public Object owner(String piece) {
            return piece.substring(0, piece.indexOf(':'));
        }

        void end(String piece) {
            ended.add(piece);
            running.remove(piece).complete(null);
        }
    }
}
