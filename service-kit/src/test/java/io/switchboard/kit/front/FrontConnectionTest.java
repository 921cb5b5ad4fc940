package io.switchboard.kit.front;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.switchboard.kit.test.RawClient;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrontConnectionTest {
    private static final String HOST = " HTTP/1.1\r\nHost: a.example\r\n";
    private static final String SMALL = "GET /small" + HOST + "\r\n";

    @Test
    void requests_follow_each_other_on_one_connection() {
        try (var server = FrontedServer.with(Map.of());
                var client = RawClient.to(server.port)) {
            for (int i = 0; i < 3; i++) {
                assertEquals("small", client.send(SMALL).answer().body());
                assertEquals(
                        "12345", client.send(post("/echo", "12345")).answer().body());
                assertEquals("abcde", client.send(chunked("abc", "de")).answer().body());
            }
        }
    }

    @Test
    void requests_sent_ahead_are_answered_in_turn() {
        try (var server = FrontedServer.with(Map.of());
                var client = RawClient.to(server.port)) {
            client.send(SMALL + post("/echo", "1") + chunked("2", "3") + SMALL + post("/echo", "4"));
            for (var expected : List.of("small", "1", "23", "small", "4")) {
                assertEquals(expected, client.answer().body());
            }
        }
    }

    @Test
    void bytes_may_come_one_by_one() {
        try (var server = FrontedServer.with(Map.of());
                var client = RawClient.to(server.port)) {
            for (var request : List.of(post("/echo", "slow"), chunked("sl", "ow"))) {
                request.chars().forEach(c -> client.send(String.valueOf((char) c)));
                assertEquals("slow", client.answer().body());
            }
        }
    }

    @Test
    void large_bodies_arrive_whole() {
        var body = "0123456789".repeat(9_000);
        try (var server = FrontedServer.with(Map.of());
                var client = RawClient.to(server.port)) {
            assertEquals(body, client.send(post("/echo", body)).answer().body());
            assertEquals(
                    body,
                    client.send(chunked(body.substring(0, 7), body.substring(7)))
                            .answer()
                            .body());
            assertEquals(0, server.front.bodies().held());
        }
    }

    @Test
    void a_body_that_is_dropped_is_held_no_longer() {
        var chunk = "4e20\r\n" + "x".repeat(20_000) + "\r\n";
        try (var server = FrontedServer.with(Map.of())) {
            for (var frame : List.of("Content-Length: 80000", "Transfer-Encoding: chunked")) {
                var part = frame.startsWith("C") ? "x".repeat(20_000) : chunk;
                try (var client = RawClient.to(server.port)) {
                    client.send("POST /drop" + HOST + frame + "\r\n\r\n" + part);
                    await().until(() -> server.front.bodies().held() >= 20_000);
                    server.drop.run();
                    var end = frame.startsWith("C") ? "" : "0\r\n\r\n";
                    assertEquals(
                            "80000", client.send(part.repeat(3) + end).answer().body());
                }
            }
        }
    }

    @Test
    void an_early_answer_closes_the_connection() {
        try (var server = FrontedServer.with(Map.of());
                var client = RawClient.to(server.port)) {
            client.send("POST /refuse" + HOST + "Content-Length: 1000000\r\n\r\n" + "x".repeat(50_000));
            var answer = client.answer();
            assertEquals(401, answer.status());
            assertEquals("close", answer.headers().get("connection"));
            assertTrue(client.isClosed());
        }
    }

    @Test
    void a_small_rest_is_read_behind_an_early_answer() {
        try (var server = FrontedServer.with(Map.of());
                var client = RawClient.to(server.port)) {
            client.send("POST /refuse" + HOST + "Content-Length: 5\r\n\r\n12");
            assertEquals(401, client.answer().status());
            assertEquals("small", client.send("345" + SMALL).answer().body());
        }
    }

    @Test
    void a_body_over_its_limit_is_refused_and_the_connection_closed() {
        try (var server = FrontedServer.with(Map.of())) {
            for (var request : List.of(
                    "POST /echo" + HOST + "Content-Length: 100001\r\n\r\n" + "x".repeat(100_001),
                    chunked("x".repeat(60_000), "x".repeat(60_000)),
                    "POST /echo" + HOST + "Transfer-Encoding: chunked\r\n\r\nFFFFFFF\r\n")) {
                try (var client = RawClient.to(server.port)) {
                    var answer = client.send(request).answer();
                    assertEquals(413, answer.status());
                    assertTrue(answer.isProblem("body_too_large"), answer::body);
                    assertTrue(client.isClosed());
                }
            }
        }
    }

    @Test
    void half_sent_heads_are_closed_in_time() {
        try (var server = FrontedServer.with(Map.of())) {
            var clients = new ArrayList<RawClient>();
            for (int i = 0; i < 50; i++) {
                clients.add(RawClient.to(server.port).send("GET /small" + HOST + "X: " + "y".repeat(i * 100)));
            }
            assertEquals("small", RawClient.answer(server.port, SMALL).body());
            for (var client : clients) {
                assertTrue(client.answer().isProblem("headers_too_slow"));
                assertTrue(client.isClosed());
                client.close();
            }
            assertEquals(1, server.requests.get());
        }
    }

    @Test
    void a_connection_without_a_word_is_closed() {
        try (var server = FrontedServer.with(Map.of("idle-timeout", "2s"));
                var silent = RawClient.to(server.port);
                var idle = RawClient.to(server.port)) {
            assertEquals("small", idle.send(SMALL).answer().body());
            assertTrue(silent.isClosed());
            assertTrue(idle.isClosed());
        }
    }

    @Test
    void a_body_that_stops_coming_is_answered_408() {
        try (var server = FrontedServer.with(Map.of("body-timeout", "1s"));
                var client = RawClient.to(server.port)) {
            client.send("POST /echo" + HOST + "Content-Length: 90000\r\n\r\n" + "x".repeat(70_000));
            assertTrue(client.answer().isProblem("body_too_slow"));
            assertTrue(client.isClosed());
            assertEquals(0, server.front.bodies().held());
        }
    }

    @Test
    void a_large_body_that_crawls_is_given_up_early() {
        try (var server = FrontedServer.with(Map.of("body-timeout", "60s"));
                var client = RawClient.to(server.port)) {
            client.send("POST /echo" + HOST + "Content-Length: 90000\r\n\r\n" + "x".repeat(70_000));
            assertTrue(client.answer().isProblem("body_too_slow"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http2", "http1"})
    void http_2_is_not_spoken(String served) {
        try (var server = served.equals("http2") ? FrontedServer.speakingHttp2Too() : FrontedServer.with(Map.of())) {
            var preface = RawClient.answer(server.port, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
            assertEquals(505, preface.status());
            var upgrade = "GET /small" + HOST
                    + "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n";
            assertEquals("small", RawClient.answer(server.port, upgrade).body());
            assertEquals(
                    "abcde", RawClient.answer(server.port, chunked("abc", "de")).body());
        }
    }

    @Test
    void it_works_behind_tls_too(@TempDir Path directory) throws Exception {
        try (var server = FrontedServer.overTls(keys(directory));
                var silent = RawClient.to(server.port);
                var socket = trusting().createSocket("127.0.0.1", server.port)) {
            socket.getOutputStream().write((post("/echo", "x".repeat(50_000)) + "BREW / HTTP/1.1\r\n").getBytes());
            var answer = new String(socket.getInputStream().readAllBytes());
            assertTrue(answer.startsWith("HTTP/1.1 200") && answer.contains("method_not_implemented"), answer);
            assertTrue(silent.isClosed());
        }
    }

    private static Path keys(Path directory) throws IOException, InterruptedException {
        var file = directory.resolve("keys.p12");
        var command = System.getProperty("java.home")
                + "/bin/keytool -J-XX:TieredStopAtLevel=1 -genkeypair -alias a -keyalg EC -dname CN=a"
                + " -storetype PKCS12 -storepass password -keystore " + file;
        assertEquals(0, new ProcessBuilder(command.split(" ")).start().waitFor());
        return file;
    }

    private static SSLSocketFactory trusting() throws GeneralSecurityException {
        var context = SSLContext.getInstance("TLS");
        context.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
        return context.getSocketFactory();
    }

    static String post(String path, String body) {
        return "POST " + path + HOST + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    static String chunked(String... chunks) {
        var request = new StringBuilder("POST /echo" + HOST + "Transfer-Encoding: chunked\r\n\r\n");
        for (var chunk : chunks) {
            request.append(Integer.toHexString(chunk.length()))
                    .append(";name=value\r\n")
                    .append(chunk)
                    .append("\r\n");
        }
        return request.append("0\r\nTrailer: dropped\r\n\r\n").toString();
    }
}
