package io.switchboard.kit.peer;

import io.smallrye.mutiny.Uni;
import io.vertx.circuitbreaker.OpenCircuitException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.SocketException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.Config;

/** HTTP to the other services: 500 ms to connect, 2 s in all, a bounded queue, and a circuit breaker a peer. */
@ApplicationScoped
public class Peers {
    /** Set it on each request, too: the circuit alone gives up, but keeps the connection of a late answer. */
    static final int TOTAL_MILLIS = 2_000;

    private final Vertx vertx;
    private final Config config;
    private final Map<String, PeerConnections> connections = new ConcurrentHashMap<>();

    Peers(Vertx vertx, Config config) {
        this.vertx = vertx;
        this.config = config;
    }

    /** The peer's answer if it is a 2xx. Fails with {@link PeerAway} or {@link PeerRefusal}. */
    Uni<HttpResponse<Buffer>> send(String peer, Function<WebClient, Future<HttpResponse<Buffer>>> request) {
        return Uni.createFrom()
                .completionStage(() -> connections
                        .computeIfAbsent(peer, name -> new PeerConnections(name, vertx))
                        .send(client -> request.apply(client).compose(response -> unlessAway(peer, response)))
                        .toCompletionStage())
                .onFailure(failure -> !(failure instanceof PeerAway))
                .transform(failure -> new PeerAway(peer, reason(failure)))
                .map(response -> check(peer, response));
    }

    /**
     * The request once more where its connection was closed before an answer: the peer may have closed it for idleness just
     * as the request was on its way (RFC 9112, 9.3.1). Only for what does the same when it is done twice.
     */
    static Future<HttpResponse<Buffer>> repeatIfClosed(Supplier<Future<HttpResponse<Buffer>>> request) {
        return request.get()
                .recover(failure -> failure instanceof HttpClosedException || failure instanceof SocketException
                        ? request.get()
                        : Future.failedFuture(failure));
    }

    String url(String peer, String path) {
        return config.getValue("switchboard.peers." + peer, String.class) + path;
    }

    /**
     * Only what says that the peer is away counts against its circuit; a refusal is a healthy answer, and a 429 is one tenant's:
     * it must not close the peer to the others.
     */
    private static Future<HttpResponse<Buffer>> unlessAway(String peer, HttpResponse<Buffer> response) {
        return response.statusCode() == 503
                ? Future.failedFuture(new PeerAway(peer, "answered 503"))
                : Future.succeededFuture(response);
    }

    private static HttpResponse<Buffer> check(String peer, HttpResponse<Buffer> response) {
        if (response.statusCode() / 100 == 2) {
            return response;
        }
        if (response.statusCode() == 429) {
            throw new PeerAway(peer, "answered 429");
        }
        throw new PeerRefusal(peer, response.statusCode(), String.valueOf(response.bodyAsString()));
    }

    private static String reason(Throwable failure) {
        return failure instanceof OpenCircuitException ? "circuit open" : String.valueOf(failure.getMessage());
    }
}
