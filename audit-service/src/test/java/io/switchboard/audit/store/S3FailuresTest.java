package io.switchboard.audit.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.switchboard.kit.secret.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An S3-compatible store that does not do as it should. */
class S3FailuresTest {
    private static final String SECRET = "wrong-secret-of-the-store";

    @Test
    void one_that_does_not_answer_is_given_up_in_time() throws IOException {
        try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                var store = store("http://127.0.0.1:" + silent.getLocalPort(), Duration.ofSeconds(1))) {
            assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
                var failure = assertThrows(StoreFailure.class, () -> store.putIfAbsent("a", new byte[1]));
                assertTrue(failure.getMessage().startsWith("The S3 store did not write a"), failure::getMessage);
                assertThrows(StoreFailure.class, () -> store.get("a"));
            });
        }
    }

    @Test
    void one_that_is_not_there_is_named_in_words() throws IOException {
        try (var store = store("http://127.0.0.1:" + closedPort(), Duration.ofSeconds(2))) {
            var failure = assertThrows(StoreFailure.class, () -> store.get("a"));
            assertTrue(failure.getMessage().contains("refused"), failure::getMessage);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 400, 403, 409, 500, 503})
    void an_answer_that_is_no_yes_is_a_failure(int status) throws IOException {
        var server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        try (var store = store("http://127.0.0.1:" + server.getAddress().getPort(), Duration.ofSeconds(4))) {
            assertThrows(StoreFailure.class, () -> store.putIfAbsent("a", new byte[1]));
            assertThrows(StoreFailure.class, () -> store.get("a"));
            assertThrows(StoreFailure.class, () -> store.list("", "", 1));
        } finally {
            server.stop(0);
        }
    }

    /** Such a one would reset the connection while chunk signatures, which it does not need, are still being sent. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 20_000})
    void one_that_answers_when_it_has_the_content_has_read_all_that_is_sent(int size) throws IOException {
        var content = new byte[size];
        Arrays.fill(content, (byte) 'c');
        var sent = new CompletableFuture<byte[]>();
        var server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", exchange -> {
            sent.complete(exchange.getRequestBody().readAllBytes());
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        try (var store = store("http://127.0.0.1:" + server.getAddress().getPort(), Duration.ofSeconds(4))) {
            assertTrue(store.putIfAbsent("a", content));
            assertArrayEquals(content, sent.join());
        } finally {
            server.stop(0);
        }
    }

    @Test
    void a_refused_secret_is_in_no_message(@TempDir Path folder) {
        try (var server = S3Server.start(folder);
                var store = store(server.endpoint(), Duration.ofSeconds(20))) {
            Throwable failure = assertThrows(StoreFailure.class, () -> store.putIfAbsent("a", new byte[1]));
            assertTrue(failure.getMessage().contains("403"), failure::getMessage);
            for (; failure != null; failure = failure.getCause()) {
                assertTrue(!failure.toString().contains(SECRET), failure::toString);
            }
        }
    }

    @Test
    void ten_secrets_of_a_store_that_is_away_are_in_no_message_and_no_log_line() throws IOException {
        var said = new CopyOnWriteArrayList<String>();
        var log = new Handler() {
            @Override
            public void publish(LogRecord line) {
                said.add(line.getMessage() + line.getThrown() + Arrays.toString(line.getParameters()));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger.getLogger("").addHandler(log);
        try {
            for (int i = 0; i < 10; i++) {
                var secret = "canary-" + i + "-of-a-store";
                var audit = audit("http://127.0.0.1:" + closedPort(), secret, Duration.ofMillis(500));
                said.add(audit.toString());
                try (var store = audit.open()) {
                    Throwable failure = assertThrows(StoreFailure.class, () -> store.putIfAbsent("a", new byte[1]));
                    for (; failure != null; failure = failure.getCause()) {
                        said.add(failure.toString());
                    }
                }
            }
        } finally {
            Logger.getLogger("").removeHandler(log);
        }
        assertTrue(said.size() >= 20);
        said.forEach(text -> assertTrue(!text.contains("canary"), text));
    }

    private static int closedPort() throws IOException {
        try (var closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return closed.getLocalPort();
        }
    }

    private static AuditStore audit(String endpoint, String secret, Duration timeout) {
        return new AuditStore(
                Optional.of("s3://journal?endpoint=" + endpoint),
                Optional.of(S3Server.ACCESS_KEY),
                Optional.of(Secret.valueOf(secret)),
                timeout);
    }

    private static ObjectStore store(String endpoint, Duration timeout) {
        return audit(endpoint, SECRET, timeout).open();
    }
}
