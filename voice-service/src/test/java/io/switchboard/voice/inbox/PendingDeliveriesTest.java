package io.switchboard.voice.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.switchboard.kit.problem.Problem;
import io.switchboard.voice.inbox.PendingDeliveries.Size;
import io.switchboard.voice.provider.IdentifiedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PendingDeliveriesTest {
    private static final int MEBIBYTE = 1024 * 1024;
    private static final Size ALL = new Size(1_000, 16 * MEBIBYTE);
    private static final Size BATCH = new Size(100, 4 * MEBIBYTE);

    private final UUID acme = UUID.randomUUID();
    private final UUID globex = UUID.randomUUID();
    private final PendingDeliveries pending = new PendingDeliveries(ALL);

    @Test
    void a_tenant_alone_leaves_as_much_free_as_it_holds() {
        assertEquals(500, fill(acme, 10, 1));
        assertEquals(429, refused(acme, 10, 1));
        assertEquals(500, fill(acme, 10, 1) + pending.rows());
    }

    @Test
    void a_tenant_holds_a_quarter_while_another_waits() {
        assertNull(pending.add(delivery(globex, 1, 1)));
        assertEquals(250, fill(acme, 10, 1));
        assertEquals(429, refused(acme, 10, 1));
        assertNull(pending.add(delivery(globex, 64, 1)));
    }

    @Test
    void bytes_are_shared_out_like_rows() {
        assertNull(pending.add(delivery(globex, 1, 1)));
        assertEquals(3, fill(acme, 1, MEBIBYTE));
        assertEquals(429, refused(acme, 1, MEBIBYTE));
        assertNull(pending.add(delivery(acme, 1, 1)));
    }

    @Test
    void the_first_delivery_of_a_tenant_passes_while_five_press() {
        for (int i = 0; i < 5; i++) {
            fill(UUID.randomUUID(), 10, 100);
        }
        assertNull(pending.add(delivery(acme, 1, 5 * MEBIBYTE)));
        assertEquals(429, refused(acme, 1, MEBIBYTE));
    }

    @Test
    void what_does_not_fit_in_at_all_is_unavailable() {
        assertEquals(503, refused(acme, 1, 17 * MEBIBYTE));
        assertEquals(503, refused(acme, 1_001, 0));
        for (int i = 0; i < 3; i++) {
            assertNull(pending.add(delivery(UUID.randomUUID(), 1, 5 * MEBIBYTE)));
        }
        assertEquals(503, refused(acme, 1, 2 * MEBIBYTE));
        assertNull(pending.add(delivery(acme, 1, 1_000)));
    }

    @Test
    void tenants_take_turns_in_a_batch() {
        fill(acme, 10, 1);
        assertNull(pending.add(delivery(globex, 5, 1)));
        var first = pending.next(BATCH);
        assertEquals(
                List.of(acme, globex),
                first.subList(0, 2).stream().map(each -> each.orgId).toList());
        assertEquals(95, rows(first), "as much as fits in");
        assertEquals(500 + 5 - 95, pending.rows());
    }

    @Test
    void a_batch_leaves_half_of_what_waits_unless_that_is_little() {
        for (int i = 0; i < 50; i++) {
            assertNull(pending.add(delivery(acme, 1, 1)));
        }
        var sizes =
                Stream.generate(() -> rows(pending.nextHalf(BATCH))).limit(4).toList();
        assertEquals(List.of(25, 16, 9, 0), sizes);
        fill(acme, 10, 1);
        assertEquals(100, rows(pending.nextHalf(BATCH)), "no more than a batch");
    }

    @Test
    void a_large_delivery_goes_alone_and_keeps_its_turn() {
        assertNull(pending.add(delivery(acme, 1, 10)));
        assertNull(pending.add(delivery(globex, 1, 5 * MEBIBYTE)));
        assertNull(pending.add(delivery(acme, 1, 20)));
        assertEquals(
                List.of(acme),
                pending.next(BATCH).stream().map(each -> each.orgId).toList());
        assertEquals(
                List.of(globex),
                pending.next(BATCH).stream().map(each -> each.orgId).toList());
        assertEquals(
                List.of(acme),
                pending.next(BATCH).stream().map(each -> each.orgId).toList());
        assertEquals(List.of(), pending.next(BATCH));
        assertEquals(0, pending.rows());
    }

    @Test
    void what_was_answered_meanwhile_is_left_out() {
        var late = delivery(acme, 1, 1);
        assertNull(pending.add(late));
        assertNull(pending.add(delivery(acme, 2, 1)));
        late.stored.fail("too late");
        assertEquals(2, rows(pending.next(BATCH)));
    }

    @Test
    void a_delivery_of_more_bytes_than_an_int_counts_is_refused() {
        var bodies = List.of(new byte[5 * MEBIBYTE], new byte[5 * MEBIBYTE]);
        var events = IntStream.range(0, 900)
                .mapToObj(i -> identify(bodies.get(i % 2)))
                .toList();
        var huge = new PendingDelivery(acme, UUID.randomUUID(), events);
        assertEquals(900L * (5 * MEBIBYTE + 256), huge.bytes);
        assertEquals(503, Objects.requireNonNull(pending.add(huge)).status());
    }

    @Test
    void a_shared_body_counts_once() {
        var body = new byte[MEBIBYTE];
        var events = Stream.generate(() -> identify(body)).limit(64).toList();
        assertEquals(MEBIBYTE + 64 * 256, new PendingDelivery(acme, UUID.randomUUID(), events).bytes);
    }

    /** With deliveries of so many rows and bytes, until one is refused; how many rows were taken. */
    private long fill(UUID org, int rows, int bytes) {
        long before = pending.rows();
        Problem refusal = null;
        while (refusal == null) {
            refusal = pending.add(delivery(org, rows, bytes));
        }
        return pending.rows() - before;
    }

    private int refused(UUID org, int rows, int bytes) {
        return Objects.requireNonNull(pending.add(delivery(org, rows, bytes))).status();
    }

    private static int rows(List<PendingDelivery> batch) {
        return batch.stream().mapToInt(PendingDelivery::rows).sum();
    }

    private static PendingDelivery delivery(UUID org, int rows, int bytes) {
        var events = new ArrayList<IdentifiedEvent>();
        for (int i = 0; i < rows; i++) {
            events.add(identify(new byte[bytes / rows]));
        }
        return new PendingDelivery(org, UUID.randomUUID(), events);
    }

    private static IdentifiedEvent identify(byte[] body) {
        return IdentifiedEvent.of("e", "some-type", null, body);
    }
}
