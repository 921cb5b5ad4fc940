package io.switchboard.bench.attack;

import io.switchboard.bench.Pause;
import io.switchboard.local.Service;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Another tenant at work: reads at every service, and calls that are to be seen soon after their delivery. */
final class Bystander implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Map<Service, String> READS = Map.of(
            Service.AUTH, "/api/me",
            Service.CRM, "/api/contacts?limit=5",
            Service.VOICE, "/api/calls?limit=5",
            Service.AUDIT, "/api/audit/logs?limit=5");

    private final Ground ground;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final Thread reader = new Thread(this::read, "bystander-reads");
    private final Thread caller = new Thread(this::call, "bystander-calls");
    private volatile boolean ended;
    final AtomicLong reads = new AtomicLong();
    final AtomicLong failedReads = new AtomicLong();
    final AtomicLong slowestRead = new AtomicLong(); // milliseconds, refusals too
    final AtomicLong calls = new AtomicLong();
    final AtomicLong refusedCalls = new AtomicLong();
    final AtomicLong slowestCall = new AtomicLong(); // milliseconds from the acknowledgement to being seen

    private Bystander(Ground ground) {
        this.ground = ground;
    }

    static Bystander start(Ground ground) {
        var bystander = new Bystander(ground);
        bystander.reader.start();
        bystander.caller.start();
        return bystander;
    }

    private void read() {
        while (!ended) {
            READS.forEach((service, path) -> {
                long begun = System.nanoTime();
                int status = status(get(service, path));
                raise(slowestRead, millisSince(begun));
                reads.incrementAndGet();
                if (status != 200) {
                    failedReads.incrementAndGet();
                }
            });
            Pause.millis(100);
        }
    }

    /** Whether every service answers a read with 200 at this moment. */
    boolean allReadsWork() {
        return READS.entrySet().stream().allMatch(read -> status(get(read.getKey(), read.getValue())) == 200);
    }

    private void call() {
        while (!ended) {
            var id = UUID.randomUUID().toString();
            if (status(delivery(id)) == 200) {
                calls.incrementAndGet();
                long begun = System.nanoTime();
                while (!isSeen(id) && millisSince(begun) < PATIENCE.toMillis()) {
                    Pause.millis(50);
                }
                raise(slowestCall, millisSince(begun));
            } else {
                refusedCalls.incrementAndGet();
            }
            Pause.millis(500);
        }
    }

    private boolean isSeen(String id) {
        try {
            return client.send(get(Service.VOICE, "/api/calls?limit=5"), HttpResponse.BodyHandlers.ofString())
                    .body()
                    .contains(id);
        } catch (IOException notNow) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private HttpRequest delivery(String id) {
        var body = "{\"message\":{\"type\":\"status-update\",\"status\":\"in-progress\",\"timestamp\":"
                + System.currentTimeMillis() + ",\"call\":{\"id\":\"" + id + "\",\"type\":\"inboundPhoneCall\"}}}";
        return HttpRequest.newBuilder(ground.othersVapi().url())
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("X-Vapi-Secret", ground.othersVapi().secret())
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private HttpRequest get(Service service, String path) {
        return HttpRequest.newBuilder(URI.create(ground.suite().url(service) + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + ground.other().accessToken())
                .build();
    }

    private int status(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException unanswered) {
            return 0;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private static void raise(AtomicLong slowest, long millis) {
        slowest.accumulateAndGet(millis, Math::max);
    }

    private static long millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1_000_000;
    }

    @Override
    public void close() {
        ended = true;
        Pause.until(reader);
        Pause.until(caller);
    }
}
