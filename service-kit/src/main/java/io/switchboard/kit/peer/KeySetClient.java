package io.switchboard.kit.peer;

import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.client.HttpResponse;
import jakarta.enterprise.context.ApplicationScoped;

/** Fetches the public keys that auth-service publishes (RFC 7517). */
@ApplicationScoped
public class KeySetClient {
    private static final String ISSUER = "auth-service";

    private final Peers peers;

    KeySetClient(Peers peers) {
        this.peers = peers;
    }

    public Uni<String> fetch() {
        return peers.send(
                        ISSUER,
                        client -> Peers.repeatIfClosed(() -> client.getAbs(peers.url(ISSUER, "/.well-known/jwks.json"))
                                .timeout(Peers.TOTAL_MILLIS)
                                .send()))
                .map(HttpResponse::bodyAsString);
    }
}
