package io.switchboard.kit.outbox;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.id.UuidV7;
import io.switchboard.kit.peer.Peer;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** Posts events to audit-service, many at once and packed; it answers for each of them. */
@ApplicationScoped
class AuditCourier implements Courier {
    private static final int MOST_UNPACKED = 4 * 1024 * 1024; // packs to well under the receiver's 1 MiB

    private final Peer peer;

    AuditCourier(Peer peer) {
        this.peer = peer;
    }

    @Override
    public String destination() {
        return "audit-service";
    }

    @Override
    public int atMost() {
        return 500;
    }

    @Override
    public Uni<Delivery> deliver(List<Owed> rows) {
        var fitting = fitting(rows);
        var call = new Peer.Call(
                destination(),
                HttpMethod.POST,
                "/api/audit/events",
                null,
                UuidV7.next().toString(),
                Map.of("Content-Type", "application/json", "Content-Encoding", "gzip"),
                packed(fitting));
        return peer.send(call).map(answer -> outcome(fitting, answer.bodyAsJsonObject()));
    }

    private static List<Owed> fitting(List<Owed> rows) {
        int bytes = 0;
        int count = 0;
        while (count < rows.size()
                && (count == 0 || bytes + rows.get(count).event().length() * 3 <= MOST_UNPACKED)) {
            bytes += rows.get(count++).event().length();
        }
        return rows.subList(0, count);
    }

    private static Buffer packed(List<Owed> rows) {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            char before = '[';
            for (var row : rows) {
                gzip.write(before);
                gzip.write(row.event().getBytes(StandardCharsets.UTF_8));
                before = ',';
            }
            gzip.write(']');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Buffer.buffer(bytes.toByteArray());
    }

    private static Delivery outcome(List<Owed> rows, JsonObject answer) {
        var refused = new HashMap<java.util.UUID, String>();
        var rejections = answer.getJsonArray("rejected");
        for (int i = 0; i < rejections.size(); i++) {
            var rejection = rejections.getJsonObject(i);
            refused.put(rows.get(rejection.getInteger("index")).id(), rejection.getString("reason"));
        }
        var delivered = new ArrayList<java.util.UUID>();
        rows.stream().map(Owed::id).filter(id -> !refused.containsKey(id)).forEach(delivered::add);
        return new Delivery(delivered, refused);
    }
}
