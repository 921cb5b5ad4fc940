package io.switchboard.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What an organization would run to receive webhooks: it verifies each signature and keeps what came. */
final class WebhookListener implements AutoCloseable {
    private static final String PATH = "/webhooks";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final BlockingQueue<Webhook> received = new LinkedBlockingQueue<>();
    private volatile String secret;

    private WebhookListener(HttpServer server) {
        this.server = server;
    }

    /** One that came with a good signature. */
    record Webhook(String id, JsonNode body) {
        String type() {
            return body.path("type").asText();
        }

        JsonNode data() {
            return body.path("data");
        }
    }

    static WebhookListener on(int port) {
        try {
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            WebhookListener listener = new WebhookListener(HttpServer.create(address, 0));
            listener.server.createContext(PATH, listener::take);
            listener.server.start();
            return listener;
        } catch (IOException taken) {
            throw new Refusal(
                    "The demo listens for webhooks on port " + port + ", which is taken: " + taken.getMessage(), taken);
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + PATH;
    }

    /** The subscription's secret, by which webhooks are verified from now on. */
    void verifyWith(String subscriptionSecret) {
        secret = subscriptionSecret;
    }

    /** The next one of a type, if it comes within the time; those of other types are dropped. */
    Optional<Webhook> next(String type, long millis) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        try {
            while (true) {
                Webhook webhook = received.poll(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
                if (webhook == null || webhook.type().equals(type)) {
                    return Optional.ofNullable(webhook);
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Refusal("Interrupted.");
        }
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            boolean verified = Signature.isOfWebhook(
                    secret,
                    header(exchange, "webhook-id"),
                    header(exchange, "webhook-timestamp"),
                    body,
                    header(exchange, "webhook-signature"));
            if (verified) {
                received.add(new Webhook(header(exchange, "webhook-id"), JSON.readTree(body)));
            }
            exchange.sendResponseHeaders(verified ? 204 : 401, -1);
        }
    }

    private static String header(HttpExchange exchange, String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)).orElse("");
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
