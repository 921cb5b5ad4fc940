package io.switchboard.auth.push;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.outbox.OutboxSender;
import io.switchboard.kit.outbox.RowByRow;
import io.switchboard.kit.outbox.RowRefused;
import io.switchboard.kit.peer.Peer;
import io.switchboard.kit.peer.PeerAway;
import io.switchboard.kit.peer.PeerRefusal;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;

/**
 * Brings one peer what the database wrote down for it: a call a row. In whatever order they arrive, the version in each
 * body tells which is the newest.
 */
class PeerSender implements OutboxSender {
    // What the peer will never take. All else may come right, a path that a peer still to be upgraded lacks included.
    private static final Set<Integer> FINAL = Set.of(400, 413, 415, 422);
    // Says nothing of the row: the peer has not learnt our keys or rights yet, or a proxy does not reach it.
    private static final Set<Integer> NOT_READY = Set.of(401, 403, 502, 504);

    private final String destination;
    private final Peer peer;

    PeerSender(String destination, Peer peer) {
        this.destination = destination;
        this.peer = peer;
    }

    @Override
    public String destination() {
        return destination;
    }

    @Override
    public int atMost() {
        return 100;
    }

    @Override
    public Uni<SendResult> deliver(List<OutboxRow> rows) {
        return RowByRow.deliver(rows, this::push);
    }

    private Uni<?> push(OutboxRow row) {
        var event = new JsonObject(row.event());
        var call = Peer.PeerRequest.json(
                destination,
                HttpMethod.valueOf(event.getString("method")),
                event.getString("path"),
                row.orgId(),
                row.id().toString(),
                event.getJsonObject("body").toBuffer());
        return peer.send(call).onFailure(PeerRefusal.class).transform(this::understood);
    }

    private RuntimeException understood(PeerRefusal refusal) {
        if (NOT_READY.contains(refusal.status())) {
            return new PeerAway(destination, "answered " + refusal.status());
        }
        return FINAL.contains(refusal.status())
                ? RowRefused.forGood(refusal.getMessage())
                : RowRefused.forNow(refusal.getMessage());
    }
}
