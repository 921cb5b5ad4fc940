package io.switchboard.kit.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.smallrye.config.SmallRyeConfigBuilder;
import io.switchboard.kit.secret.Secret;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A peer closes a connection for idleness while a request is on its way. */
class ClosedConnectionTest {
    private final Vertx vertx = Vertx.vertx();
    private final AtomicBoolean closes = new AtomicBoolean();
    private final AtomicInteger calls = new AtomicInteger();
    private final Peer peer = start();

    private Peer start() {
        var port = vertx.createHttpServer()
                .requestHandler(this::answer)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
        var config = new SmallRyeConfigBuilder()
                .withDefaultValue("switchboard.peers.auth-service", "http://127.0.0.1:" + port)
                .withDefaultValue("switchboard.peers.crm-service", "http://127.0.0.1:" + port)
                .build();
        var peers = new Peers(vertx, config);
        return new Peer(peers, new ServiceTokens(peers, "voice-service", Secret.valueOf("test-only")));
    }

    private void answer(HttpServerRequest request) {
        if (request.path().equals("/internal/ping")) {
            calls.incrementAndGet();
        }
        if (closes.compareAndSet(true, false)) {
            request.connection().close();
        } else {
            request.response().end("{\"access_token\":\"t\",\"expires_in\":300}");
        }
    }

    @AfterEach
    void stop() {
        vertx.close();
    }

    @Test
    void what_only_reads_is_sent_again() {
        closes.set(true); // the request for a token
        assertEquals(200, send(HttpMethod.GET));
        closes.set(true);
        assertEquals(200, send(HttpMethod.GET));
        assertEquals(3, calls.get());
    }

    @Test
    void what_may_have_changed_something_is_not() {
        assertEquals(200, send(HttpMethod.POST));
        closes.set(true);
        var failure = assertThrows(CompletionException.class, () -> send(HttpMethod.POST));
        assertInstanceOf(PeerAway.class, failure.getCause());
        assertEquals(2, calls.get());
    }

    private int send(HttpMethod method) {
        var call =
                new Peer.PeerRequest("crm-service", method, "/internal/ping", null, "test", Map.of(), Buffer.buffer());
        return peer.send(call)
                .map(answer -> answer.statusCode())
                .subscribeAsCompletionStage()
                .join();
    }
}
