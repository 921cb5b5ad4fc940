package io.switchboard.kit.outgoing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.switchboard.kit.test.TestCertificates;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutgoingHttpTest {
    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger lookUps = new AtomicInteger();
    private final CountDownLatch slowNames = new CountDownLatch(1);
    private final PublicNames names = new PublicNames(this::addresses, Duration.ofMillis(500));
    private final OutgoingHttp http = new OutgoingHttp(vertx, names);

    @AfterEach
    void close() {
        slowNames.countDown();
        vertx.close();
    }

    @Test
    void the_name_is_looked_up_once_and_sent_as_host() {
        var server = serve(request -> request.response().end(request.getHeader("Host")));
        var answer = send("http", "receiver.example", server, Duration.ofSeconds(5));
        assertEquals(200, answer.status());
        assertEquals("receiver.example:" + server.actualPort(), answer.body().toString());
        assertEquals(1, lookUps.get());
    }

    @Test
    void a_redirect_is_not_followed() {
        var requests = new AtomicInteger();
        var server = serve(request -> {
            requests.incrementAndGet();
            request.response()
                    .setStatusCode(307)
                    .putHeader("Location", "/elsewhere")
                    .end();
        });
        assertEquals(
                307,
                send("http", "receiver.example", server, Duration.ofSeconds(5)).status());
        assertEquals(1, requests.get());
    }

    @Test
    void a_huge_answer_is_cut() {
        var closed = new CompletableFuture<Void>();
        var server = serve(request -> {
            request.connection().closeHandler(closed::complete);
            var response = request.response().setChunked(true);
            vertx.setPeriodic(1, more -> {
                if (!response.closed() && !response.writeQueueFull()) {
                    response.write("a".repeat(10_000));
                }
            });
        });
        var answer = send("http", "receiver.example", server, Duration.ofSeconds(10));
        assertEquals(200, answer.status());
        assertEquals(1_000, answer.body().length());
        closed.orTimeout(10, TimeUnit.SECONDS).join();
    }

    @Test
    void an_answer_that_does_not_end_is_taken_as_far_as_it_came() {
        var server = serve(request -> request.response().setChunked(true).write("so far"));
        var answer = send("http", "receiver.example", server, Duration.ofSeconds(1));
        assertEquals("so far", answer.body().toString());
    }

    @Test
    void silence_ends_in_time() {
        var closed = new CompletableFuture<Void>();
        var server = serve(request -> request.connection().closeHandler(closed::complete));
        var failure = assertThrows(
                OutgoingFailure.class, () -> send("http", "receiver.example", server, Duration.ofSeconds(1)));
        assertEquals("There was no answer within 1 s.", failure.getMessage());
        closed.orTimeout(10, TimeUnit.SECONDS).join();
    }

    @Test
    void nobody_listening_is_said_plainly() {
        var server = serve(request -> {});
        server.close().toCompletionStage().toCompletableFuture().join();
        var failure = assertThrows(
                OutgoingFailure.class, () -> send("http", "receiver.example", server, Duration.ofSeconds(5)));
        assertEquals("There was no connection.", failure.getMessage());
    }

    @Test
    void a_name_that_leads_nowhere_is_said_plainly() {
        var server = serve(request -> {});
        var failure = assertThrows(
                OutgoingFailure.class, () -> send("http", "unknown.example", server, Duration.ofSeconds(5)));
        assertEquals("Its name leads to no address.", failure.getMessage());
    }

    @Test
    void a_certificate_must_be_of_the_name(@TempDir Path folder) throws Exception {
        var certificates = TestCertificates.in(folder, "DNS:receiver.example");
        var server = vertx.createHttpServer(new HttpServerOptions()
                        .setSsl(true)
                        .setKeyCertOptions(new PemKeyCertOptions()
                                .setCertPath(certificates.certificate().toString())
                                .setKeyPath(certificates.key().toString())))
                .requestHandler(request -> request.response().end())
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        var trusting = new OutgoingHttp(
                vertx,
                names,
                OutgoingHttp.options()
                        .setTrustOptions(new PemTrustOptions()
                                .addCertPath(certificates.authority().toString())));
        assertEquals(200, send(trusting, "https", "receiver.example", server).status());
        var other = assertThrows(OutgoingFailure.class, () -> send(trusting, "https", "other.example", server));
        assertTrue(other.getMessage().startsWith("TLS failed: "), other.getMessage());
        assertThrows(OutgoingFailure.class, () -> send(http, "https", "receiver.example", server));
    }

    @Test
    void slow_names_of_one_owner_hold_up_no_other() {
        var server = serve(request -> request.response().end());
        var slow = List.of("slow1.example", "slow2.example", "slow3.example").stream()
                .map(name -> http.send("globex", request("http", name, server, Duration.ofSeconds(5)))
                        .subscribeAsCompletionStage())
                .toList();
        assertEquals(
                200,
                send("http", "receiver.example", server, Duration.ofSeconds(5)).status());
        slow.forEach(waiting -> {
            var failure = assertThrows(CompletionException.class, waiting::join);
            assertEquals(
                    "The look-up of its name took too long.", failure.getCause().getMessage());
        });
    }

    private InetAddress[] addresses(String host) throws UnknownHostException {
        lookUps.incrementAndGet();
        if (host.startsWith("unknown")) {
            throw new UnknownHostException(host);
        }
        if (host.startsWith("slow")) {
            try {
                slowNames.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        return new InetAddress[] {InetAddress.getLoopbackAddress()};
    }

    private HttpServer serve(Handler<HttpServerRequest> answer) {
        return vertx.createHttpServer()
                .requestHandler(answer)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private OutgoingAnswer send(String scheme, String host, HttpServer server, Duration within) {
        return http.send("acme", request(scheme, host, server, within)).await().atMost(Duration.ofSeconds(20));
    }

    private OutgoingAnswer send(OutgoingHttp with, String scheme, String host, HttpServer server) {
        return with.send("acme", request(scheme, host, server, Duration.ofSeconds(5)))
                .await()
                .atMost(Duration.ofSeconds(20));
    }

    /** The server's place is listed, as it is private. */
    private static OutgoingRequest request(String scheme, String host, HttpServer server, Duration within) {
        var place = host + ":" + server.actualPort();
        var url = OutgoingUrl.of(scheme + "://" + place + "/in", new AllowedHosts(Optional.of(List.of(place))));
        return new OutgoingRequest(HttpMethod.POST, url, Map.of(), Buffer.buffer("{}"), within, 1_000);
    }
}
