package io.switchboard.kit.outbox;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.id.UuidV7;
import io.switchboard.kit.outbox.BatchSender.Sent;
import io.switchboard.kit.peer.Peer;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Posts events to audit-service in packed batches; the answer accounts for each event. */
@ApplicationScoped
class AuditSender implements OutboxSender {
    private final Peer peer;
    private final Vertx vertx;

    AuditSender(Peer peer, Vertx vertx) {
        this.peer = peer;
        this.vertx = vertx;
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
    public Uni<SendResult> deliver(List<OutboxRow> rows) {
        return BatchSender.deliver(rows, this::post);
    }

    private Uni<Sent> post(List<OutboxRow> rows) {
        return packed(rows).chain(batch -> peer.send(call(batch)).map(answer -> result(batch.rows(), answer)));
    }

    private Uni<PackedBatch> packed(List<OutboxRow> rows) {
        return Uni.createFrom().completionStage(() -> vertx.executeBlocking(() -> PackedBatch.of(rows), false)
                .toCompletionStage());
    }

    private Peer.PeerRequest call(PackedBatch batch) {
        return new Peer.PeerRequest(
                destination(),
                HttpMethod.POST,
                "/api/audit/events",
                null,
                UuidV7.next().toString(),
                Map.of("Content-Type", "application/json", "Content-Encoding", "gzip"),
                batch.body());
    }

    /** Fails if the answer does not account for each row: then no row counts as delivered. */
    private static Sent result(List<OutboxRow> rows, HttpResponse<Buffer> answer) {
        try {
            var answered = answer.bodyAsJsonObject();
            var refused = new HashMap<UUID, String>();
            for (var rejected : answered.getJsonArray("rejected")) {
                var rejection = (JsonObject) rejected;
                refused.put(rows.get(rejection.getInteger("index")).id(), rejection.getString("reason"));
            }
            int others = answered.getInteger("accepted") + answered.getInteger("duplicates");
            if (others + refused.size() == rows.size()) {
                return new Sent(rows, refused);
            }
        } catch (RuntimeException e) {
            throw new IllegalStateException("audit-service answered no batch result", e);
        }
        throw new IllegalStateException("audit-service answered a batch result that does not add up");
    }
}
