package io.switchboard.kit.test;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Attacks the front of a running service, on both of its ports, and looks whether others are served meanwhile. */
public final class FrontChecks {
    private static final int MANY = 40;

    private final int port;
    private final int management;
    private final String path;
    private final String fields;
    private final int limit;

    /** Budgets and times so small that an attack is over soon. */
    public static class Small implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "switchboard.front.header-timeout", "2s",
                    "switchboard.front.body-timeout", "3s",
                    "switchboard.front.bodies", "600K",
                    "switchboard.front.bodies-share", "500K",
                    "switchboard.front.largest-body", "1M",
                    "switchboard.trusted-proxies", "192.0.2.1");
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(PostgresResource.class));
        }
    }

    private FrontChecks(int port, int management, String path, String fields, int limit) {
        this.port = port;
        this.management = management;
        this.path = path;
        this.fields = fields;
        this.limit = limit;
    }

    /**
     * @param path of an operation that takes a POST
     * @param fields of the header of such a request, each with its line's end
     * @param limit of its body, in bytes
     */
    public static void run(int port, int management, String path, String fields, int limit) {
        var checks = new FrontChecks(port, management, path, fields, limit);
        assertAll(
                checks::oddRequestsAreProblems,
                checks::madeUpMethodsLeaveNoSeries,
                checks::halfSentHeadsAreClosed,
                checks::halfSentBodiesAreRefused,
                checks::bodiesAreCountedAlsoWhenChunked,
                checks::connectionsAreCounted);
    }

    private void oddRequestsAreProblems() {
        var host = "Host: a.example\r\n";
        var smuggled = "GET " + path + " HTTP/1.1\r\n" + host + "\r\n";
        var post = "POST " + path + " HTTP/1.1\r\n";
        for (var at : List.of(port, management)) {
            refused(
                    at,
                    400,
                    post + host + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + smuggled);
            refused(at, 400, post + host + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
            refused(at, 400, post + host + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n" + smuggled);
            refused(at, 400, post + host + "Transfer-Encoding: identity\r\n\r\n" + smuggled);
            refused(at, 400, post + host + "X: y\r\n Transfer-Encoding: chunked\r\n\r\n");
            refused(at, 400, post + host + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nxx");
            refused(at, 400, post + host + "Host: b.example\r\n\r\n");
            refused(at, 400, "GET / HTTP/1.1\r\n\r\n");
            refused(at, 400, "GET / HTTP/1.1\r\nHost: a b\r\n\r\n");
            refused(at, 400, "GET \\api\\x HTTP/1.1\r\n" + host + "\r\n");
            refused(at, 400, "GET /api/%zz HTTP/1.1\r\n" + host + "\r\n");
            refused(at, 405, "OPTIONS * HTTP/1.1\r\n" + host + "\r\n");
            refused(at, 405, "CONNECT a.example:443 HTTP/1.1\r\n" + host + "\r\n");
            refused(at, 405, "TRACE /q/health/live HTTP/1.1\r\n" + host + "\r\n");
            refused(at, 414, "GET /" + "x".repeat(9_000) + " HTTP/1.1\r\n" + host + "\r\n");
            refused(at, 431, "GET / HTTP/1.1\r\n" + host + "X: " + "y".repeat(17_000) + "\r\n\r\n");
            refused(at, 505, "GET / HTTP/3.0\r\n" + host + "\r\n");
        }
        for (var accept : List.of("a", "a/", "/json", "application/json;;q", "application/json, x", "*")) {
            refused(port, 406, "GET " + path + " HTTP/1.1\r\n" + host + "Accept: " + accept + "\r\n\r\n");
        }
    }

    private static void refused(int port, int status, String request) {
        try (var client = RawClient.to(port)) {
            var answer = client.send(request).answer();
            assertEquals(status, answer.status(), request);
            assertTrue(answer.isProblem(""), request);
            if (status != 406) {
                assertEquals("close", answer.headers().get("connection"), request);
                assertTrue(client.isClosed(), request);
            }
        }
    }

    private void madeUpMethodsLeaveNoSeries() {
        served();
        IntStream.range(0, MANY)
                .forEach(i -> refused(port, 501, "MADEUP" + i + " " + path + " HTTP/1.1\r\nHost: a.example\r\n\r\n"));
        IntStream.range(0, MANY).forEach(i -> RawClient.answer(port, get("/madeup/" + i)));
        IntStream.range(0, MANY).forEach(i -> RawClient.answer(port, get("/api/madeup/" + i)));
        var metrics = RawClient.answer(management, get("/q/metrics"));
        assertEquals(200, metrics.status());
        assertTrue(metrics.body().toUpperCase().indexOf("MADEUP") < 0, "clients choose labels of series");
    }

    private void halfSentHeadsAreClosed() {
        var clients = open(MANY, "GET / HTTP/1.1\r\nHost: a.example\r\nX: " + "y".repeat(10_000));
        served();
        for (var client : clients) {
            assertEquals(408, client.answer().status());
            client.close();
        }
    }

    private void halfSentBodiesAreRefused() {
        var half = limit - 1_000;
        var clients = open(MANY, post("Content-Length: " + limit + "\r\n") + "x".repeat(half));
        served();
        for (var client : clients) {
            var answer = client.answer();
            assertTrue(List.of(408, 429, 503, 401, 0).contains(answer.status()), "answered " + answer.status());
            client.close();
        }
    }

    private void bodiesAreCountedAlsoWhenChunked() {
        var chunk = "4000\r\n" + "x".repeat(0x4000) + "\r\n";
        var request = post("Transfer-Encoding: chunked\r\n") + chunk.repeat(limit / 0x4000 + 1);
        try (var client = RawClient.to(port)) {
            var answer = client.send(request).answer();
            assertTrue(List.of(413, 429).contains(answer.status()), "answered " + answer.status());
            assertTrue(answer.isProblem(""));
            assertTrue(client.isClosed());
        }
        try (var client = RawClient.to(port)) {
            var answer =
                    client.send(post("Content-Length: " + (limit + 1) + "\r\n")).answer();
            assertTrue(answer.isProblem("body_too_large"));
            assertTrue(client.isClosed());
        }
    }

    /** A service whose sockets the front does not stand before would count none. */
    private void connectionsAreCounted() {
        var clients = open(MANY, "");
        assertTrue(connections() >= MANY, "the front does not see connections");
        clients.forEach(RawClient::close);
    }

    private double connections() {
        var line = RawClient.answer(management, get("/q/metrics"))
                .body()
                .lines()
                .filter(each -> each.startsWith("switchboard_front_connections "))
                .findFirst();
        return Double.parseDouble(line.orElseThrow().split(" ")[1]);
    }

    private void served() {
        assertEquals(200, RawClient.answer(port, get("/q/openapi")).status());
        assertEquals(200, RawClient.answer(management, get("/q/health/live")).status());
    }

    private List<RawClient> open(int count, String text) {
        var clients = new ArrayList<RawClient>();
        for (int i = 0; i < count; i++) {
            clients.add(RawClient.to(port).send(text));
        }
        return clients;
    }

    private String post(String more) {
        return "POST " + path + " HTTP/1.1\r\nHost: a.example\r\nContent-Type: application/json\r\n" + fields + more
                + "\r\n";
    }

    private static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: a.example\r\n\r\n";
    }
}
