package io.switchboard.kit.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.smallrye.config.SmallRyeConfigBuilder;
import io.switchboard.kit.secret.Secret;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which answers close a peer to everybody for a while. */
class PeerCircuitTest {
    private static final int MORE_THAN_OPEN_A_CIRCUIT = 8;

    private final Vertx vertx = Vertx.vertx();
    private final Peer peer = start();

    /** Answers with the status that the path names. */
    private Peer start() {
        var port = vertx.createHttpServer()
                .requestHandler(request -> request.response()
                        .setStatusCode(
                                request.path().matches("/[0-9]+")
                                        ? Integer.parseInt(request.path().substring(1))
                                        : 200)
                        .end("{\"access_token\":\"t\",\"expires_in\":300}"))
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

    @AfterEach
    void stop() {
        vertx.close();
    }

    @Test
    void a_limit_that_one_tenant_has_reached_is_not_the_others() {
        for (int i = 0; i < MORE_THAN_OPEN_A_CIRCUIT; i++) {
            assertEquals("crm-service is away: answered 429", away(429));
        }
        assertEquals(200, send(200));
    }

    @Test
    void a_peer_that_says_it_is_away_is_asked_no_more() {
        for (int i = 0; i < MORE_THAN_OPEN_A_CIRCUIT; i++) {
            away(503);
        }
        assertEquals("crm-service is away: circuit open", away(200));
    }

    private String away(int status) {
        var failure =
                assertThrows(CompletionException.class, () -> send(status)).getCause();
        assertInstanceOf(PeerAway.class, failure);
        return failure.getMessage();
    }

    private int send(int status) {
        var call = new Peer.PeerRequest(
                "crm-service", HttpMethod.POST, "/" + status, null, "test", Map.of(), Buffer.buffer());
        return peer.send(call)
                .map(answer -> answer.statusCode())
                .subscribeAsCompletionStage()
                .join();
    }
}
