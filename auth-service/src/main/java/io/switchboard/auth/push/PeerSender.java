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
 * Sends one peer its outbox rows, a request each. They may arrive in any order: the version in the body tells which is the
 * newest.
 */
class PeerSender implements OutboxSender {
    // A retry cannot help. With every other status it can: a peer that is not upgraded yet may lack the path.
    private static final Set<Integer> FINAL = Set.of(400, 413, 415, 422);
    // Not a fault of the row: the peer does not know our keys or rights yet, or a proxy does not reach it.
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
        return peer.send(call).onFailure(PeerRefusal.class).transform(this::classify);
    }

    private RuntimeException classify(PeerRefusal refusal) {
        if (NOT_READY.contains(refusal.status())) {
            return new PeerAway(destination, "answered " + refusal.status());
        }
        return FINAL.contains(refusal.status())
                ? RowRefused.permanent(refusal.getMessage())
                : RowRefused.forNow(refusal.getMessage());
    }
}
