package io.switchboard.audit.checkpoint;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.kit.secret.Secret;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.RawClient;
import io.switchboard.kit.test.SigningKeyPair;
import io.switchboard.kit.test.Sql;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.net.URL;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Signing keys come out nowhere, whatever goes wrong. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class JournalSecretsTest {
    @Inject
    PublishedTrees published;

    @Inject
    SigningKeys keys;

    @Inject
    Vertx vertx;

    @TestHTTPResource(value = "/", management = true)
    URL management;

    private final List<String> said = new CopyOnWriteArrayList<>();
    private final Handler log = new Handler() {
        @Override
        public void publish(LogRecord line) {
            said.add(line.getMessage() + " " + line.getThrown() + " "
                    + (line.getParameters() == null ? "" : List.of(line.getParameters())));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        Logger.getLogger("").addHandler(log);
    }

    @AfterEach
    void stop() {
        Logger.getLogger("").removeHandler(log);
    }

    @Test
    void ten_broken_keys_are_in_no_log_line_metric_or_error() {
        var canaries = IntStream.range(0, 10).mapToObj(this::brokenKey).toList();
        var everything = String.join("\n", said) + metrics();
        canaries.forEach(canary -> assertFalse(everything.contains(canary), canary));
    }

    @Test
    void the_key_in_use_is_in_no_answer_metric_or_error() {
        var pem = ConfigProvider.getConfig().getValue("switchboard.audit.signing-key", String.class);
        var secret = pem.lines().toList().get(1);
        var store = new MemoryStore();
        store.mood = MemoryStore.Mood.AWAY;
        Sql.superuser().run("update publishing set lease_until = '-infinity'");
        SeededTree.of(1);
        var failure = assertThrows(
                IllegalStateException.class, () -> new Publisher(published, keys, () -> store, Instant::now, vertx)
                        .publish()
                        .await()
                        .atMost(Duration.ofSeconds(20)));
        Sql.superuser().run("update publishing set lease_until = '-infinity'");
        said.add(failure.toString());
        said.add(keys.all().toString() + keys);
        said.add(Caller.adminOfNewOrg().get("/api/audit/keys").asString());
        said.add(Caller.agentOfNewOrg().get("/api/audit/keys").asString());
        said.add(metrics());
        said.forEach(text -> assertFalse(text.contains(secret) || text.contains(secret.substring(22)), text));
        assertTrue(secret.length() == 64);
    }

    /** What is half a key is refused. */
    private String brokenKey(int cut) {
        var pem = new SigningKeyPair().privatePem();
        var body = pem.lines().toList().get(1).substring(0, 60 - cut);
        var broken = pem.lines().toList().get(0) + "\n" + body + "\n-----END PRIVATE KEY-----";
        tell(assertThrows(
                IllegalArgumentException.class,
                () -> new SigningKeys(Optional.of(Secret.valueOf(broken)), Optional.empty(), "http://example.com")));
        return body.substring(22);
    }

    private void tell(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            said.add(cause.toString());
        }
    }

    private String metrics() {
        return RawClient.answer(management.getPort(), "GET /q/metrics HTTP/1.1\r\nHost: a.example\r\n\r\n")
                .body();
    }
}
