package io.switchboard.kit.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.outbox.BatchSender.Sent;
import io.switchboard.kit.outbox.OutboxSender.OutboxRow;
import io.switchboard.kit.outbox.OutboxSender.SendResult;
import io.switchboard.kit.peer.PeerAway;
import io.switchboard.kit.peer.PeerRefusal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BatchSenderTest {
    final List<OutboxRow> rows = IntStream.range(0, 500).mapToObj(i -> row()).toList();
    final List<Integer> posts = new ArrayList<>();
    final Set<OutboxRow> poison = new HashSet<>();

    @Test
    void rows_that_do_not_fit_go_in_the_next_post() {
        var delivery = deliver(batch -> taken(batch.subList(0, Math.min(200, batch.size()))));
        assertEquals(500, Set.copyOf(delivery.delivered()).size());
        assertEquals(List.of(500, 300, 100), posts);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 413, 422})
    void a_refused_batch_is_halved_down_to_the_refused_row(int status) {
        poison.add(rows.get(321));
        var delivery = deliver(batch -> poisoned(batch, new PeerRefusal("audit", status, "no")));
        assertEquals(499, Set.copyOf(delivery.delivered()).size());
        assertEquals(Map.of(rows.get(321).id(), "audit answered " + status + ": no"), delivery.refused());
        assertTrue(posts.size() < 20, posts::toString);
    }

    @Test
    void many_refused_rows_take_a_bounded_number_of_posts() {
        poison.addAll(rows);
        var delivery = deliver(batch -> poisoned(batch, new PeerRefusal("audit", 400, "no")));
        assertEquals(64, posts.size());
        assertTrue(delivery.refused().size() > 20, () -> delivery.refused().size() + " refused");
        assertTrue(delivery.delivered().isEmpty());
    }

    @Test
    void a_single_row_that_is_too_large_is_refused() {
        var large = row();
        var sent = BatchSender.deliver(
                        List.of(large), batch -> Uni.createFrom().failure(new PeerRefusal("audit", 413, "")))
                .await()
                .indefinitely();
        assertEquals(Set.of(large.id()), sent.refused().keySet());
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 502, 504})
    void a_receiver_that_is_not_ready_says_nothing_of_the_rows(int status) {
        var refusal = new PeerRefusal("audit", status, "no");
        assertSame(
                refusal,
                assertThrows(
                        PeerRefusal.class,
                        () -> deliver(batch -> Uni.createFrom().failure(refusal))));
        assertEquals(1, posts.size());
    }

    @Test
    void delivered_rows_count_even_if_a_later_post_fails() {
        var delivery = deliver(batch -> posts.size() < 3
                ? taken(batch.subList(0, 100))
                : Uni.createFrom().failure(new PeerAway("audit", "answered 503")));
        assertEquals(200, delivery.delivered().size());
    }

    @ParameterizedTest
    @MethodSource("failures")
    void a_row_that_fails_otherwise_is_tried_again_later(RuntimeException failure) {
        poison.add(rows.get(17));
        poison.add(rows.get(480));
        var delivery = deliver(batch -> poisoned(batch, failure));
        assertEquals(498, Set.copyOf(delivery.delivered()).size());
        assertEquals(Map.of(), delivery.refused());
        assertEquals(List.of(rows.get(17).id(), rows.get(480).id()), delivery.later());
    }

    @Test
    void it_ends_after_three_rows_if_every_row_fails() {
        var delivery = deliver(batch -> {
            throw new IllegalStateException("no result");
        });
        assertEquals(new SendResult(List.of(), Map.of(), delivery.later()), delivery);
        assertEquals(3, delivery.later().size());
        assertTrue(posts.size() < 16, posts::toString);
    }

    static List<RuntimeException> failures() {
        return List.of(
                new PeerRefusal("audit", 500, ""), new PeerRefusal("audit", 404, ""), new NullPointerException());
    }

    private SendResult deliver(BatchSender.Post post) {
        return BatchSender.deliver(rows, batch -> {
                    posts.add(batch.size());
                    return post.send(batch);
                })
                .await()
                .indefinitely();
    }

    private Uni<Sent> poisoned(List<OutboxRow> batch, RuntimeException refusal) {
        return batch.stream().anyMatch(poison::contains) ? Uni.createFrom().failure(refusal) : taken(batch);
    }

    private static Uni<Sent> taken(List<OutboxRow> batch) {
        return Uni.createFrom().item(new Sent(batch, Map.of()));
    }

    private static OutboxRow row() {
        return new OutboxRow(UUID.randomUUID(), UUID.randomUUID(), "{}", 1);
    }
}
