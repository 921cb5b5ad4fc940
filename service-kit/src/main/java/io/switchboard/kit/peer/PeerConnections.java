package io.switchboard.kit.peer;

import io.vertx.circuitbreaker.CircuitBreaker;
import io.vertx.circuitbreaker.CircuitBreakerOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.util.function.Function;

/**
 * The connections to one peer, and the circuit breaker that watches them. A circuit that opens begins with new connections: a peer
 * that failed over leaves idle ones that are lost without a word, and each of them would cost another request its two seconds.
 */
final class PeerConnections {
    private final Vertx vertx;
    private final CircuitBreaker circuit;
    private volatile WebClient client;

    PeerConnections(String peer, Vertx vertx) {
        this.vertx = vertx;
        client = newClient();
        circuit = CircuitBreaker.create(
                        peer,
                        vertx,
                        new CircuitBreakerOptions()
                                .setMaxFailures(5)
                                .setTimeout(Peers.TOTAL_MILLIS)
                                .setResetTimeout(1_000))
                .openHandler(opened -> renew());
    }

    Future<HttpResponse<Buffer>> send(Function<WebClient, Future<HttpResponse<Buffer>>> request) {
        return circuit.execute(promise -> request.apply(client).onComplete(promise));
    }

    private void renew() {
        var old = client;
        client = newClient();
        vertx.setTimer(2 * Peers.TOTAL_MILLIS, over -> old.close()); // its requests have ended by then
    }

    private WebClient newClient() {
        return WebClient.create(
                vertx,
                new WebClientOptions()
                        .setConnectTimeout(500)
                        .setMaxPoolSize(16)
                        .setMaxWaitQueueSize(256)
                        .setKeepAliveTimeout(30)
                        .setFollowRedirects(false)
                        .setUserAgent("switchboard"));
    }
}
