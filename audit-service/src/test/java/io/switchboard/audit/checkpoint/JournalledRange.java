package io.switchboard.audit.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.zip.GZIPInputStream;

/** A line of the journal, read without the code that wrote it. */
record JournalledRange(UUID org, long from, List<String> leaves, List<String> ids, String checkpoint) {

    static List<JournalledRange> of(UUID org, Collection<byte[]> objects) {
        return objects.stream()
                .flatMap(object -> unpacked(object).lines())
                .map(JsonObject::new)
                .map(JournalledRange::of)
                .filter(range -> range.org.equals(org))
                .sorted(Comparator.comparing(JournalledRange::from))
                .toList();
    }

    private static JournalledRange of(JsonObject line) {
        return new JournalledRange(
                UUID.fromString(line.getString("org")),
                line.getLong("from"),
                texts(line.getJsonArray("leaves")),
                texts(line.getJsonArray("ids")),
                line.getString("checkpoint"));
    }

    private static List<String> texts(JsonArray array) {
        return array.stream().map(String.class::cast).toList();
    }

    private static String unpacked(byte[] object) {
        try (var packed = new GZIPInputStream(new ByteArrayInputStream(object))) {
            return new String(packed.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
