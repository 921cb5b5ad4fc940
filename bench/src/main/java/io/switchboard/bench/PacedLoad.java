package io.switchboard.bench;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Sends so many requests a second, whether those before are answered or not: at random moments, as calls come and as pgbench's
 * {@code --rate} does. A request's time begins at its moment, also where it is sent later.
 */
final class PacedLoad {
    private static final long SECOND = 1_000_000_000L;
    private static final int SHOWN = 80;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final SplittableRandom random = new SplittableRandom(1);
    private final int perSecond;
    private final Supplier<HttpRequest> requests;
    private final Predicate<String> isAnswer;

    /** @param isAnswer whether a body is what was asked for, since a live answer is 200 in every failure */
    PacedLoad(int perSecond, Supplier<HttpRequest> requests, Predicate<String> isAnswer) {
        this.perSecond = perSecond;
        this.requests = requests;
        this.isAnswer = isAnswer;
    }

    Load run(int warmUpSeconds, int seconds, CpuMeter cpu) {
        send(warmUpSeconds);
        cpu.begin();
        Load load = send(seconds);
        cpu.end();
        return load;
    }

    /** For so long, until all are answered. */
    Load send(int seconds) {
        Load load = new Load();
        List<CompletableFuture<Void>> sent = new ArrayList<>();
        long begun = System.nanoTime();
        for (long due = begun + pause(); due < begun + seconds * SECOND; due += pause()) {
            awaitMoment(due);
            long at = due;
            sent.add(client.sendAsync(requests.get(), HttpResponse.BodyHandlers.ofString())
                    .handle((answer, failure) -> note(load, at, answer, failure)));
        }
        sent.forEach(CompletableFuture::join);
        return load.over(seconds);
    }

    private long pause() {
        return (long) (-Math.log(1 - random.nextDouble()) * SECOND / perSecond);
    }

    private static void awaitMoment(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private Void note(Load load, long due, HttpResponse<String> answer, Throwable failure) {
        long took = System.nanoTime() - due;
        synchronized (load) {
            if (failure != null) {
                load.error("connection: " + failure.getMessage());
            } else if (answer.statusCode() != 200 || !isAnswer.test(answer.body())) {
                String body = answer.body();
                load.error("status " + answer.statusCode() + " " + body.substring(0, Math.min(SHOWN, body.length())));
            } else {
                load.success(took);
            }
        }
        return null;
    }
}
