package io.switchboard.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PacedLoadTest {
    final AtomicInteger asked = new AtomicInteger();
    HttpServer server;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/answered", exchange -> {
            asked.incrementAndGet();
            byte[] body = "{\"assistant\": {}}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void every_request_is_answered_and_counted() {
        Load load = load("/answered", "assistant");
        assertFalse(load.failed(), load::troubles);
        assertEquals(asked.get(), load.succeeded());
    }

    @Test
    void a_200_with_another_answer_is_an_error() {
        Load load = load("/answered", "results");
        assertEquals(0, load.succeeded());
        assertTrue(load.troubles().contains("status 200 {\"assistant\": {}}"), load::troubles);
    }

    private Load load(String path, String wanted) {
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
        return new PacedLoad(100, () -> HttpRequest.newBuilder(url).build(), body -> body.contains(wanted)).send(1);
    }
}
