package io.switchboard.crm.embedding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.kit.outgoing.OutgoingHttp;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.search.Embedder.Purpose;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An endpoint that speaks OpenAI's protocol, on this machine. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class RemoteEmbedderTest {
    @Inject
    Vertx vertx;

    @Inject
    OutgoingHttp http;

    private final Queue<JsonObject> requests = new ConcurrentLinkedQueue<>();
    private HttpServer endpoint;
    private volatile int status = 200;
    private volatile String answer = "";

    @BeforeEach
    void start() throws IOException {
        endpoint = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        endpoint.createContext("/v1/embeddings", exchange -> {
            requests.add(new JsonObject(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8))
                    .put("authorization", exchange.getRequestHeaders().getFirst("Authorization")));
            var body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        endpoint.start();
    }

    @AfterEach
    void stop() {
        endpoint.stop(0);
    }

    @Test
    void vectors_come_in_the_order_of_the_texts() {
        answer =
                "{\"data\": [{\"index\": 1, \"embedding\": [0, -1e-1]}, {\"index\": 0, \"embedding\": [1, 2.5]}], \"usage\": {}}";
        var vectors = embedder(Optional.of("key-1"))
                .embed(List.of("one", "two"), Purpose.PASSAGE)
                .toCompletableFuture()
                .join();
        assertArrayEquals(new float[] {1, 2.5f}, vectors.get(0));
        assertArrayEquals(new float[] {0, -0.1f}, vectors.get(1));
        assertEquals(
                List.of(JsonObject.of(
                                "model", "small-model", "input", List.of("one", "two"), "authorization", "Bearer key-1")
                        .encode()),
                requests.stream().map(JsonObject::encode).toList());
    }

    @Test
    void any_other_answer_is_a_failure() {
        for (var wrong : List.of(
                "",
                "[]",
                "{}",
                "{\"data\": []}",
                "{\"data\": [{\"embedding\": [1]}]}",
                "{\"data\": [{\"embedding\": [1, \"2\"]}]}",
                "{\"data\": [{\"embedding\": [1, null]}]}",
                "{\"data\": [{\"index\": 7, \"embedding\": [1, 2]}]}",
                "{\"data\": [{\"index\": -1, \"embedding\": [1, 2]}]}",
                "{\"data\": [{\"embedding\": [1, 2]}" + " ".repeat(100_000) + "]}")) {
            answer = wrong;
            fails(embedder(Optional.empty()));
        }
        answer = "{\"data\": [{\"embedding\": [1, 2]}]}";
        for (int refusal : List.of(301, 400, 401, 429, 500)) {
            status = refusal;
            fails(embedder(Optional.empty()));
        }
    }

    @Test
    void after_failures_in_a_row_it_is_left_alone() {
        status = 500;
        var embedder = embedder(Optional.empty());
        for (int i = 0; i < 10; i++) {
            fails(embedder);
        }
        assertTrue(requests.size() < 5, requests::toString);
    }

    @Test
    void an_endpoint_that_is_away_is_a_failure() {
        var embedder = embedder(Optional.empty());
        endpoint.stop(0);
        fails(embedder);
    }

    @Test
    void settings_that_are_not_possible_are_named() {
        refused("SWITCHBOARD_EMBEDDING_URL", "ftp://127.0.0.1", "small-model", 2, 0.5);
        refused("SWITCHBOARD_EMBEDDING_URL", "no url", "small-model", 2, 0.5);
        refused("SWITCHBOARD_EMBEDDING_MODEL", "http://127.0.0.1", "it's", 2, 0.5);
        refused("SWITCHBOARD_EMBEDDING_MODEL", "http://127.0.0.1", null, 2, 0.5);
        refused("SWITCHBOARD_EMBEDDING_DIMENSIONS", "http://127.0.0.1", "small-model", null, 0.5);
        refused("SWITCHBOARD_EMBEDDING_DIMENSIONS", "http://127.0.0.1", "small-model", 5_000, 0.5);
        refused("SWITCHBOARD_EMBEDDING_THRESHOLD", "http://127.0.0.1", "small-model", 2, 1.5);
    }

    private static void refused(String setting, String url, String model, Integer dimensions, double threshold) {
        var refusal = assertThrows(
                IllegalStateException.class,
                () -> RemoteModel.of(
                        url,
                        Optional.empty(),
                        Optional.ofNullable(model),
                        Optional.ofNullable(dimensions),
                        Optional.of(threshold)));
        assertTrue(refusal.getMessage().contains(setting), refusal.getMessage());
    }

    private static void fails(RemoteEmbedder embedder) {
        var stage = embedder.embed(List.of("one"), Purpose.QUERY).toCompletableFuture();
        assertThrows(CompletionException.class, stage::join);
    }

    private RemoteEmbedder embedder(Optional<String> key) {
        var url = "http://127.0.0.1:" + endpoint.getAddress().getPort() + "/v1/";
        return new RemoteEmbedder(
                vertx, http, RemoteModel.of(url, key, Optional.of("small-model"), Optional.of(2), Optional.empty()));
    }
}
