package io.switchboard.kit.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.switchboard.kit.outbox.OutboxSender.OutboxRow;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class PackedBatchTest {
    static final int MEBIBYTE = 1024 * 1024;

    final Random random = new Random(7);

    @Test
    void random_text_is_cut_before_a_mebibyte() throws IOException {
        for (int bytes : new int[] {10, 1_000, 6_000, 15_000, 70_000, 300_000}) {
            var rows = rows(3_000_000 / bytes, bytes);
            var batch = PackedBatch.of(rows);
            assertTrue(
                    batch.body().length() < MEBIBYTE,
                    () -> bytes + ": " + batch.body().length());
            assertEquals(texts(batch.rows()), unpacked(batch));
            assertEquals(rows.subList(0, batch.rows().size()), batch.rows());
        }
    }

    @Test
    void text_that_packs_well_is_cut_by_its_own_size_and_number() {
        var large = rows(400, "x".repeat(30_000));
        assertTrue(PackedBatch.of(large).rows().size() * 30_000 <= 4 * MEBIBYTE);
        assertTrue(PackedBatch.of(large).rows().size() > 100);
        assertEquals(1_000, PackedBatch.of(rows(1_001, "x")).rows().size());
    }

    @Test
    void one_row_is_sent_however_large_it_is() {
        assertEquals(1, PackedBatch.of(rows(2, 5 * MEBIBYTE)).rows().size());
    }

    private List<OutboxRow> rows(int count, int randomBytes) {
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    var bytes = new byte[randomBytes];
                    random.nextBytes(bytes);
                    return row(Base64.getEncoder().encodeToString(bytes));
                })
                .toList();
    }

    private static List<OutboxRow> rows(int count, String text) {
        return IntStream.range(0, count).mapToObj(i -> row(text)).toList();
    }

    private static OutboxRow row(String text) {
        return new OutboxRow(
                UUID.randomUUID(),
                UUID.randomUUID(),
                new JsonObject().put("text", text).encode(),
                1);
    }

    private static List<String> texts(List<OutboxRow> rows) {
        return rows.stream()
                .map(row -> new JsonObject(row.event()).getString("text"))
                .toList();
    }

    private static List<String> unpacked(PackedBatch batch) throws IOException {
        var gzip = new GZIPInputStream(new ByteArrayInputStream(batch.body().getBytes()));
        return new JsonArray(io.vertx.core.buffer.Buffer.buffer(gzip.readAllBytes()))
                .stream().map(event -> ((JsonObject) event).getString("text")).toList();
    }
}
