package io.switchboard.kit.outbox;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.peer.Peer;
import io.switchboard.kit.peer.PeerAway;
import io.switchboard.kit.peer.PeerRefusal;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sends one peer the calls that it is owed ({@link PeerCall}), a request each, until it answers with a 2xx. They may arrive in any
 * order, and more than once. A service that owes calls to a peer has a producer of one ({@code @Produces @Singleton @Named}).
 *
 * <p>An absent peer is waited for without end: also one that answers 401, 403, 429, 502, 503 or 504. A request that it will never take
 * (400, 413, 415, 422) is set aside in {@code outbox_rejected} at once. Every other refusal, such as a 404 of a peer that is not upgraded
 * yet, or a 409, is tried again after waits of up to 15 minutes, 200 times (two days), then set aside.
 */
public final class PeerSender implements OutboxSender {
    // A retry cannot help. With every other status it can: a peer that is not upgraded yet may lack the path.
    private static final Set<Integer> FINAL = Set.of(400, 413, 415, 422);
    // Not a fault of the row: the peer does not know our keys or rights yet, or a proxy does not reach it.
    private static final Set<Integer> NOT_READY = Set.of(401, 403, 502, 504);

    private final String destination;
    private final Peer peer;

    public PeerSender(String destination, Peer peer) {
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
        var call = new Peer.PeerRequest(
                destination,
                HttpMethod.valueOf(event.getString("method")),
                event.getString("path"),
                row.orgId(),
                row.id().toString(),
                headers(event.getString("idempotencyKey")),
                event.getJsonObject("body").toBuffer());
        return peer.send(call).onFailure(PeerRefusal.class).transform(this::classify);
    }

    private static Map<String, String> headers(@Nullable String idempotencyKey) {
        return idempotencyKey == null
                ? Map.of("Content-Type", "application/json")
                : Map.of("Content-Type", "application/json", "Idempotency-Key", idempotencyKey);
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
