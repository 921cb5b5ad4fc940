package io.switchboard.kit.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.outbox.OutboxSender.OutboxRow;
import io.switchboard.kit.outbox.OutboxSender.SendResult;
import io.switchboard.kit.peer.PeerAway;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RowByRowTest {
    final Map<OutboxRow, RuntimeException> failures = new HashMap<>();

    @Test
    void each_row_has_its_own_outcome() {
        var taken = row(1);
        var refused = row(1, RowRefused.permanent("no such thing"));
        var notYet = row(1, RowRefused.forNow("come back"));
        var unforeseen = row(1, new IllegalStateException("a fault of ours"));
        var away = row(1, new PeerAway("crm", "answered 503"));
        assertEquals(
                new SendResult(
                        List.of(taken.id()),
                        Map.of(refused.id(), "no such thing"),
                        List.of(notYet.id(), unforeseen.id())),
                delivered(taken, refused, notYet, unforeseen, away));
    }

    @Test
    void rows_fail_as_the_first_if_the_receiver_is_away_for_all() {
        var first = new PeerAway("crm", "answered 503");
        var rows = List.of(row(1, first), row(200, new PeerAway("crm", "circuit open")));
        assertSame(first, assertThrows(PeerAway.class, () -> delivered(rows.toArray(OutboxRow[]::new))));
    }

    @Test
    void a_row_refused_for_now_waits_by_itself() {
        var notYet = row(1, RowRefused.forNow("come back"));
        var away = row(1, new PeerAway("crm", "circuit open"));
        assertEquals(new SendResult(List.of(), Map.of(), List.of(notYet.id())), delivered(away, notYet));
    }

    @Test
    void after_200_refusals_a_row_is_rejected_but_not_after_absences() {
        var notYet = row(199, RowRefused.forNow("come back"));
        var enough = row(200, RowRefused.forNow("come back"));
        var away = row(200, new PeerAway("crm", "answered 503"));
        assertEquals(
                new SendResult(List.of(), Map.of(enough.id(), "come back"), List.of(notYet.id())),
                delivered(notYet, enough, away));
    }

    @Test
    void no_row_is_left_out_of_many() {
        var rows = IntStream.range(0, 100).mapToObj(i -> row(1)).toArray(OutboxRow[]::new);
        assertEquals(100, Set.copyOf(delivered(rows).delivered()).size());
    }

    SendResult delivered(OutboxRow... rows) {
        return RowByRow.deliver(List.of(rows), this::bring).await().indefinitely();
    }

    /** What is no refusal of a receiver may also be thrown. */
    Uni<?> bring(OutboxRow row) {
        var failure = failures.get(row);
        if (failure instanceof IllegalStateException) {
            throw failure;
        }
        return failure == null
                ? Uni.createFrom().item("taken")
                : Uni.createFrom().failure(failure);
    }

    OutboxRow row(int attempts) {
        return new OutboxRow(UUID.randomUUID(), UUID.randomUUID(), "{}", attempts);
    }

    OutboxRow row(int attempts, RuntimeException failure) {
        var row = row(attempts);
        failures.put(row, failure);
        return row;
    }
}
