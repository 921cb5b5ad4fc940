package io.switchboard.kit.peer;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.switchboard.kit.secret.Secret;
import io.switchboard.kit.test.DatabaseProxy;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SilentPeerTest {
    private static final int MORE_THAN_CONNECTIONS = 40;
    private static final int ENOUGH_TO_OPEN_THE_CIRCUIT = 5;
    private static final Peer.PeerRequest CALL = new Peer.PeerRequest(
            "crm-service", HttpMethod.GET, "/internal/ping", null, "test", Map.of(), Buffer.buffer());

    private final Vertx vertx = Vertx.vertx();
    private HttpServer server;
    private DatabaseProxy wire;
    private Peer peer;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            var body = "{\"access_token\":\"t\",\"expires_in\":300}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        wire = DatabaseProxy.to(server.getAddress().getPort());
        var url = "http://127.0.0.1:" + wire.port();
        var config = new SmallRyeConfigBuilder()
                .withDefaultValue("switchboard.peers.auth-service", url)
                .withDefaultValue("switchboard.peers.crm-service", url)
                .build();
        var peers = new Peers(vertx, config);
        peer = new Peer(peers, new ServiceTokens(peers, "voice-service", Secret.valueOf("test-only")));
    }

    @AfterEach
    void stop() {
        wire.close();
        server.stop(0);
        vertx.close();
    }

    @Test
    void a_peer_that_says_nothing_is_away_in_two_seconds() {
        wire.set(DatabaseProxy.Mode.HOLD);
        var began = System.nanoTime();
        assertAway(send());
        assertTrue(System.nanoTime() - began < Duration.ofSeconds(3).toNanos());
    }

    @Test
    void requests_that_were_lost_keep_no_connection() {
        assertEquals(200, send().join());
        wire.set(DatabaseProxy.Mode.LOSE);
        wire.set(DatabaseProxy.Mode.HOLD);
        sendAtOnce(MORE_THAN_CONNECTIONS).forEach(SilentPeerTest::assertAway);
        wire.set(DatabaseProxy.Mode.LOSE); // what was open is lost for ever
        await().atMost(Duration.ofSeconds(10)).ignoreExceptions().until(() -> send().join() == 200);
    }

    @Test
    void idle_connections_that_were_lost_cost_a_few_requests_and_not_each_one() {
        sendAtOnce(MORE_THAN_CONNECTIONS).forEach(sent -> assertEquals(200, sent.join()));
        wire.set(DatabaseProxy.Mode.LOSE);
        sendAtOnce(ENOUGH_TO_OPEN_THE_CIRCUIT).forEach(SilentPeerTest::assertAway);
        await().atMost(Duration.ofSeconds(10)).ignoreExceptions().until(() -> send().join() == 200);
    }

    private List<CompletableFuture<Integer>> sendAtOnce(int requests) {
        return IntStream.range(0, requests).mapToObj(one -> send()).toList();
    }

    private CompletableFuture<Integer> send() {
        return peer.send(CALL).map(answer -> answer.statusCode()).subscribeAsCompletionStage();
    }

    private static void assertAway(CompletableFuture<Integer> sent) {
        var failure = assertThrows(CompletionException.class, sent::join);
        assertInstanceOf(PeerAway.class, failure.getCause());
    }
}
