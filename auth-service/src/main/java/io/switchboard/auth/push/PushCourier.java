package io.switchboard.auth.push;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.switchboard.kit.outbox.Courier;
import io.switchboard.kit.peer.Peer;
import io.switchboard.kit.peer.PeerRefusal;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Brings one peer what the database wrote down for it: a call a row. In whatever order they arrive, the version in each
 * body tells which is the newest.
 */
class PushCourier implements Courier {
    private static final int AT_ONCE = 8;
    private static final int MOST_TRIES = 20;
    // What the peer will never take; all else may come right, a peer still to be upgraded included.
    private static final Set<Integer> FINAL = Set.of(400, 413, 415, 422);

    private final String destination;
    private final Peer peer;

    PushCourier(String destination, Peer peer) {
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

    /** What became of one row: delivered, refused for good, or to be tried again; with the failure where it was not delivered. */
    private record Outcome(
            UUID id, boolean isFinal, @Nullable Throwable failure) {}

    @Override
    public Uni<Delivery> deliver(List<Owed> rows) {
        return Multi.createFrom()
                .iterable(rows)
                .onItem()
                .transformToUni(this::push)
                .merge(AT_ONCE)
                .collect()
                .asList()
                .chain(PushCourier::delivery);
    }

    private Uni<Outcome> push(Owed row) {
        var event = new JsonObject(row.event());
        var call = Peer.Call.json(
                destination,
                HttpMethod.valueOf(event.getString("method")),
                event.getString("path"),
                row.orgId(),
                row.id().toString(),
                event.getJsonObject("body").toBuffer());
        return peer.send(call)
                .map(answer -> new Outcome(row.id(), true, null))
                .onFailure(PeerRefusal.class)
                .recoverWithItem(failure -> new Outcome(row.id(), isFinal(failure, row), failure));
    }

    private static boolean isFinal(PeerRefusal refusal, Owed row) {
        return FINAL.contains(refusal.status()) || row.attempts() >= MOST_TRIES;
    }

    /** Rows to be tried again are named nowhere; where there is nothing else, they fail and it counts as a try. */
    private static Uni<Delivery> delivery(List<Outcome> outcomes) {
        var delivered = new ArrayList<UUID>();
        var refused = new HashMap<UUID, String>();
        for (var outcome : outcomes) {
            if (outcome.failure() == null) {
                delivered.add(outcome.id());
            } else if (outcome.isFinal()) {
                refused.put(outcome.id(), outcome.failure().getMessage());
            }
        }
        return delivered.isEmpty() && refused.isEmpty()
                ? Uni.createFrom().failure(outcomes.get(0).failure())
                : Uni.createFrom().item(new Delivery(delivered, refused));
    }
}
