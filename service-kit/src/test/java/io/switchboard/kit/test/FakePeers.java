package io.switchboard.kit.test;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Stands in for the other services over real HTTP: publishes the test issuer's keys, issues service tokens, takes audit events
 * and internal calls, and tells on {@code /recorded?path=&containing=} what it was sent. {@code /answer?path=&status=} makes it refuse a path,
 * {@code &body=} answer it so, {@code &containing=} only bodies or queries with that text in them; without a path such a rule ends.
 * {@code &delay=} makes it wait so many milliseconds before, {@code &padding=} adds so many blanks, and {@code &paged=true} cuts the
 * body's items to the page that the request asks for.
 * {@code /database?mode=} tells the proxy before the database what to do; {@code /database} answers how many lost connections are open.
 */
public final class FakePeers implements AutoCloseable {
    static final String ISSUER = "http://issuer.test";
    private static final int LARGEST_BODY = 1024 * 1024; // as all services take

    private final HttpServer server;
    private final TestIssuer issuer = new TestIssuer();
    private final RecordedRequests recorded = new RecordedRequests();
    private final Map<Rule, Integer> answers = new ConcurrentHashMap<>();
    private final Map<Rule, String> bodies = new ConcurrentHashMap<>();

    /** Which requests are answered in another way. */
    private record Rule(String path, String containing) {
        static Rule of(Map<String, String> query) {
            return new Rule(query.get("path"), query.getOrDefault("containing", ""));
        }

        boolean isOf(String path, String body) {
            return this.path.equals(path) && body.contains(containing);
        }
    }

    private final Map<Rule, Map<String, String>> manners = new ConcurrentHashMap<>();
    private final DatabaseProxy database;

    private FakePeers(HttpServer server, DatabaseProxy database) {
        this.server = server;
        this.database = database;
    }

    static FakePeers start(DatabaseProxy database) {
        try {
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            var peers = new FakePeers(HttpServer.create(address, 0), database);
            peers.server.setExecutor(Executors.newCachedThreadPool());
            peers.server.createContext("/", peers::answer);
            peers.server.start();
            return peers;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where they listen in the running test. */
    static String url() {
        return ConfigProvider.getConfig().getValue("switchboard.test.peers", String.class);
    }

    Map<String, String> config() {
        var url = "http://127.0.0.1:" + server.getAddress().getPort();
        return Map.of(
                "switchboard.peers.auth-service", url,
                "switchboard.peers.crm-service", url,
                "switchboard.peers.voice-service", url,
                "switchboard.peers.audit-service", url,
                "switchboard.test.peers", url,
                "switchboard.test.issuer-key", issuer.encodedKeys());
    }

    private void answer(HttpExchange exchange) throws IOException {
        var bytes = exchange.getRequestBody().readAllBytes();
        var body = unpacked(exchange, bytes);
        var path = exchange.getRequestURI().getPath();
        var query = query(exchange);
        switch (path) {
            case "/.well-known/jwks.json" -> {
                recorded.add(new JsonObject().put("method", "GET").put("path", path));
                reply(exchange, 200, issuer.jwks());
            }
            case "/oauth2/token" -> reply(exchange, 200, token(form(body)));
            case "/recorded" ->
                reply(
                        exchange,
                        200,
                        new JsonArray(recorded.to(
                                        query.getOrDefault("path", "/"), query.getOrDefault("containing", "")))
                                .encode());
            case "/answer" -> {
                if (!query.containsKey("path")) {
                    answers.keySet().removeIf(rule -> rule.containing().equals(query.get("containing")));
                    reply(exchange, 204, "");
                    return;
                }
                manners.put(Rule.of(query), query);
                answers.put(Rule.of(query), Integer.parseInt(query.get("status")));
                if (query.containsKey("body")) {
                    bodies.put(Rule.of(query), query.get("body"));
                }
                reply(exchange, 204, "");
            }
            case "/database" -> {
                if (query.containsKey("mode")) {
                    database.set(DatabaseProxy.Mode.valueOf(query.get("mode")));
                }
                reply(exchange, 200, Long.toString(database.lost()));
            }
            default -> take(exchange, path, body, bytes.length);
        }
    }

    private void take(HttpExchange exchange, String path, String body, int size) throws IOException {
        var said = body + decoded(String.valueOf(exchange.getRequestURI().getRawQuery()));
        var rule = answers.keySet().stream()
                .filter(candidate -> candidate.isOf(path, said))
                .max(Comparator.comparing(Rule::containing))
                .orElse(new Rule(path, ""));
        var status = size > LARGEST_BODY ? 413 : answers.getOrDefault(rule, 200);
        if (status / 100 == 2) {
            recorded.add(new JsonObject()
                    .put("method", exchange.getRequestMethod())
                    .put("path", path)
                    .put("authorization", exchange.getRequestHeaders().getFirst("Authorization"))
                    .put("traceparent", exchange.getRequestHeaders().getFirst("traceparent"))
                    .put("tracestate", exchange.getRequestHeaders().getFirst("tracestate"))
                    .put("idempotencyKey", exchange.getRequestHeaders().getFirst("Idempotency-Key"))
                    .put("body", body));
        }
        var manner = manners.getOrDefault(rule, Map.of());
        pause(Integer.parseInt(manner.getOrDefault("delay", "0")));
        if (bodies.containsKey(rule)) {
            var padding = " ".repeat(Integer.parseInt(manner.getOrDefault("padding", "0")));
            var whole = bodies.get(rule);
            var isPaged = manner.containsKey("paged");
            reply(exchange, status, (isPaged ? PagedAnswer.of(whole, query(exchange)) : whole) + padding);
            return;
        }
        reply(
                exchange,
                status,
                path.equals("/api/audit/events")
                        ? new JsonObject()
                                .put("accepted", new JsonArray(body).size())
                                .put("duplicates", 0)
                                .put("rejected", new JsonArray())
                                .encode()
                        : new JsonObject()
                                .put(
                                        "id",
                                        java.util
                                                .UUID
                                                .nameUUIDFromBytes((path + body).getBytes(StandardCharsets.UTF_8))
                                                .toString())
                                .encode());
    }

    private static Map<String, String> query(HttpExchange exchange) {
        return form(String.valueOf(exchange.getRequestURI().getRawQuery()));
    }

    private static void pause(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String token(Map<String, String> form) {
        return new JsonObject()
                .put("access_token", issuer.service(form.get("client_id"), form.get("resource"), form.get("org_id")))
                .put("token_type", "Bearer")
                .put("expires_in", 300)
                .encode();
    }

    private static String unpacked(HttpExchange exchange, byte[] bytes) throws IOException {
        var packed = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        var stream = new ByteArrayInputStream(bytes);
        return new String(packed ? new GZIPInputStream(stream).readAllBytes() : bytes, StandardCharsets.UTF_8);
    }

    private static Map<String, String> form(String encoded) {
        return Arrays.stream(encoded.split("&"))
                .map(pair -> pair.split("=", 2))
                .filter(pair -> pair.length == 2)
                .collect(Collectors.toMap(pair -> decoded(pair[0]), pair -> decoded(pair[1])));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static void reply(HttpExchange exchange, int status, String json) throws IOException {
        var bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
