package io.switchboard.audit.event;

import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.audit.SampleEvents;
import io.switchboard.kit.outbox.OutboxSender.OutboxRow;
import io.switchboard.kit.outbox.PackedBatch;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import io.vertx.core.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the other services' relays pack is taken here. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class SenderTest {
    final Caller acme = Caller.adminOfNewOrg();
    final Random random = new Random(11);

    @Test
    void contacts_of_random_texts_are_recorded() {
        var rows = IntStream.range(0, 300)
                .mapToObj(i -> row(Map.of(
                        "name", text(180),
                        "notes", text(7_900),
                        "interests",
                                IntStream.range(0, 50).mapToObj(n -> text(99)).toList())))
                .toList();
        int batches = 0;
        for (var left = rows; !left.isEmpty(); batches++) {
            left = sendFirstOf(left);
        }
        assertTrue(batches > 2 && batches < 20, batches + " batches");
    }

    @Test
    void a_thousand_events_of_plain_text_are_recorded_at_once() {
        var rows = IntStream.range(0, 1_000)
                .mapToObj(i -> row(Map.of("notes", "x".repeat(3_000))))
                .toList();
        assertTrue(sendFirstOf(rows).isEmpty());
    }

    private List<OutboxRow> sendFirstOf(List<OutboxRow> rows) {
        var batch = PackedBatch.of(rows);
        int count = batch.rows().size();
        SampleEvents.CRM
                .request()
                .header("Content-Encoding", "gzip")
                .body(batch.body().getBytes())
                .post("/api/audit/events")
                .then()
                .statusCode(200)
                .body("accepted", is(count), "rejected", empty());
        return rows.subList(count, rows.size());
    }

    private OutboxRow row(Map<String, Object> contact) {
        var event = SampleEvents.event(acme.orgId(), "newData", contact);
        return new OutboxRow(acme.orgId(), UUID.fromString((String) event.get("id")), Json.encode(event), 1);
    }

    /** Letters of all of Europe and Asia, at random. */
    private String text(int length) {
        return random.ints(length, 0x20, 0x9FFF).mapToObj(Character::toString).collect(Collectors.joining());
    }
}
