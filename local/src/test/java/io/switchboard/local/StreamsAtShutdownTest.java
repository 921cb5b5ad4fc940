package io.switchboard.local;

import static io.switchboard.local.Patience.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Live notifications from two real replicas, of which one is told to end. */
class StreamsAtShutdownTest {
    private static final int STREAMS = 5;

    /** Requests at work would be waited for longer. */
    private static final int LONGEST_SECONDS = 18;

    @Test
    void open_streams_do_not_hold_up_a_shutdown() throws InterruptedException {
        var running = RunningSuite.ready();
        var tenant = running.newTenant();
        try (var replica = running.replica(Service.CRM)) {
            var streams = Stream.generate(() -> Listener.open(replica.port(), tenant.api.authorization()))
                    .limit(STREAMS)
                    .toList();
            var alert = Map.of(
                    "audience",
                    Map.of("roles", List.of("admin")),
                    "type",
                    "system_alert",
                    "title",
                    "Hello",
                    "message",
                    "x");
            tenant.api.post(Service.CRM, "/api/notifications", alert);
            await("what one replica was told comes from the other")
                    .until(() -> streams.stream().allMatch(Listener::hasHeard));
            replica.process().destroy(); // SIGTERM
            assertTrue(replica.process().waitFor(LONGEST_SECONDS, TimeUnit.SECONDS), "it ends");
            await("the streams have ended").until(() -> streams.stream().allMatch(Listener::isOver));
        }
    }

    /** One open stream. */
    private static final class Listener {
        private final Queue<String> lines = new ConcurrentLinkedQueue<>();
        private volatile boolean isOver;

        static Listener open(int port, String authorization) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/notifications/stream"))
                    .header("Authorization", authorization)
                    .header("Accept", "text/event-stream")
                    .build();
            try {
                var answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofLines());
                assertTrue(answer.statusCode() == 200, "answered " + answer.statusCode());
                var listener = new Listener();
                var reader = new Thread(() -> listener.read(answer.body()));
                reader.setDaemon(true);
                reader.start();
                return listener;
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        private void read(Stream<String> all) {
            try {
                all.forEach(lines::add);
            } finally {
                isOver = true;
            }
        }

        boolean hasHeard() {
            return lines.stream().anyMatch(line -> line.startsWith("data: ") && line.contains("\"title\":\"Hello\""));
        }

        boolean isOver() {
            return isOver;
        }
    }
}
