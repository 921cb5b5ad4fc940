package io.switchboard.kit.outbox;

import io.switchboard.kit.outbox.OutboxSender.OutboxRow;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/**
 * The first of some events as a JSON array, packed by gzip: as many as surely pack to less than the receiver's 1 MiB, and at least
 * one.
 *
 * @param rows the events in it
 */
public record PackedBatch(List<OutboxRow> rows, Buffer body) {
    /** The packed size is known only afterwards; at worst packing gains nothing. */
    private static final int MOST_PACKED = 900 * 1024;

    private static final int MOST_UNPACKED = 4 * 1024 * 1024; // is recorded well within the time of a call
    private static final int MOST_EVENTS = 1_000;

    public static PackedBatch of(List<OutboxRow> rows) {
        var packed = new ByteArrayOutputStream(64 * 1024);
        int count = 0;
        try (var gzip = new GZIPOutputStream(packed)) {
            long unpacked = 0;
            while (count < rows.size() && count < MOST_EVENTS) {
                var event = rows.get(count).event().getBytes(StandardCharsets.UTF_8);
                unpacked += event.length;
                if (count > 0 && (unpacked > MOST_UNPACKED || packed.size() + event.length > MOST_PACKED)) {
                    break;
                }
                gzip.write(count == 0 ? '[' : ',');
                gzip.write(event);
                count++;
            }
            gzip.write(']');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new PackedBatch(rows.subList(0, count), Buffer.buffer(packed.toByteArray()));
    }
}
