package io.switchboard.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/** Speaks to the suite as any caller does: JSON over HTTP, a bearer token where there is one. */
final class Api {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);
    private static final int MOST_TRIES = 5;

    private final Ports ports;
    private final String token;

    /** @param token null for what needs no sign-in */
    Api(Ports ports, String token) {
        this.ports = ports;
        this.token = token;
    }

    /** What came back. @param body missing where it is no JSON @param requestId by which logs and the audit trail know it */
    record Answer(int status, String text, JsonNode body, Duration took, String requestId) {}

    Api with(String accessToken) {
        return new Api(ports, accessToken);
    }

    /** The answer, whatever its status. */
    Answer get(Service service, String path) {
        return send(service.module(), request(ports.url(service) + path).GET().build());
    }

    /** The body; fails unless the status is 200. */
    JsonNode read(Service service, String path) {
        return expect(service.module() + " to GET " + path, get(service, path), 200);
    }

    /** The body; fails unless the status is 200 or 201. A 503 is tried again under the same idempotency key. */
    JsonNode post(Service service, String path, Map<String, ?> body) {
        String key = UUID.randomUUID().toString();
        Answer answer = post(service, path, body, key);
        for (int tries = 1; answer.status() == 503 && tries < MOST_TRIES; tries++) {
            LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
            answer = post(service, path, body, key);
        }
        return expect(service.module() + " to POST " + path, answer, 200, 201);
    }

    /** The body; fails unless the status is 200. */
    JsonNode patch(Service service, String path, Map<String, ?> body) {
        return change("PATCH", service, path, body);
    }

    /** The body; fails unless the status is 200. */
    JsonNode put(Service service, String path, Map<String, ?> body) {
        return change("PUT", service, path, body);
    }

    private JsonNode change(String method, Service service, String path, Map<String, ?> body) {
        HttpRequest request = request(ports.url(service) + path)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(json(body)))
                .build();
        return expect(service.module() + " to " + method + " " + path, send(service.module(), request), 200);
    }

    /** The body of what is no JSON, a line each. */
    List<String> lines(Service service, String path) {
        HttpRequest request = request(ports.url(service) + path).GET().build();
        Answer answer = send(service.module(), request);
        expect(service.module() + " to GET " + path, answer, 200);
        return answer.text().lines().toList();
    }

    /** The answer to a POST, whatever its status. */
    Answer answer(Service service, String path, Map<String, ?> body) {
        return post(service, path, body, UUID.randomUUID().toString());
    }

    private Answer post(Service service, String path, Map<String, ?> body, String idempotencyKey) {
        return send(
                service.module(),
                request(ports.url(service) + path)
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", idempotencyKey)
                        .POST(HttpRequest.BodyPublishers.ofString(json(body)))
                        .build());
    }

    /** Sends what a provider sends, to the address that the provider was given; fails unless it is taken. */
    Answer deliver(String url, SampleDelivery delivery, Map<String, String> headers) {
        Answer answer = post(url, delivery, headers);
        expect(delivery.provider() + " " + delivery.what(), answer, 200, 204);
        return answer;
    }

    /** The same; the answer, whatever its status. */
    Answer post(String url, SampleDelivery delivery, Map<String, String> headers) {
        HttpRequest.Builder request = request(url)
                .header("Content-Type", delivery.contentType())
                .POST(HttpRequest.BodyPublishers.ofByteArray(delivery.body()));
        headers.forEach(request::header);
        return send(url, request.build());
    }

    /** What the {@code Authorization} header says. */
    String authorization() {
        return "Bearer " + token;
    }

    private HttpRequest.Builder request(String url) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE);
        return token == null ? request : request.header("Authorization", authorization());
    }

    private static Answer send(String whom, HttpRequest request) {
        long begun = System.nanoTime();
        try {
            HttpResponse<byte[]> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofByteArray());
            Duration took = Duration.ofNanos(System.nanoTime() - begun);
            String text = new String(response.body(), StandardCharsets.UTF_8);
            String requestId = response.headers().firstValue("X-Request-Id").orElse("");
            return new Answer(response.statusCode(), text, parse(response), took, requestId);
        } catch (IOException broken) {
            throw new Refusal(whom + " does not answer " + request.method() + " "
                    + request.uri().getPath() + " (" + broken + "). See ./switchboard status");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Refusal("Interrupted.");
        }
    }

    private static JsonNode parse(HttpResponse<byte[]> response) throws IOException {
        String type = response.headers().firstValue("Content-Type").orElse("");
        return type.contains("json") ? JSON.readTree(response.body()) : JSON.missingNode();
    }

    private static JsonNode expect(String what, Answer answer, int... wanted) {
        for (int status : wanted) {
            if (answer.status() == status) {
                return answer.body();
            }
        }
        throw new Refusal("Unexpected answer of " + what + ": " + answer.status() + " "
                + (answer.body().isMissingNode() ? "" : answer.body()));
    }

    private static String json(Map<String, ?> body) {
        try {
            return JSON.writeValueAsString(body);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
