package io.switchboard.kit.token;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class VerificationKeysTest {
    static final Vertx VERTX = Vertx.vertx();

    final PublicKey fresh = key();
    final Published published = new Published();
    final VerificationKeys keys = new VerificationKeys(published, VERTX, Duration.ofMinutes(5));

    /** Answers when it is told to. */
    static class Published implements KeySource {
        CompletableFuture<Map<String, PublicKey>> answer = new CompletableFuture<>();
        int asked;

        @Override
        public Uni<Map<String, PublicKey>> stored() {
            return Uni.createFrom().item(Map.of());
        }

        @Override
        public Uni<Map<String, PublicKey>> published() {
            asked++;
            return Uni.createFrom().completionStage(answer);
        }
    }

    @AfterAll
    static void stop() {
        VERTX.close();
    }

    @Test
    void parallel_requests_with_a_fresh_key_wait_for_one_look() {
        var waiting = IntStream.range(0, 50).mapToObj(i -> found("fresh")).toList();
        published.answer.complete(Map.of("fresh", fresh));
        waiting.forEach(answer -> assertSame(fresh, answer.join()));
        assertEquals(1, published.asked);
    }

    @Test
    void a_flood_of_unknown_keys_is_one_look() {
        published.answer.complete(Map.of("fresh", fresh));
        IntStream.range(0, 1_000).forEach(i -> assertNull(found("unknown-" + i).join()));
        assertEquals(1, published.asked);
        assertSame(fresh, keys.known("fresh"));
    }

    @Test
    void a_look_that_fails_refuses_the_key_and_ends() {
        var waiting = found("fresh");
        assertFalse(waiting.isDone());
        published.answer.completeExceptionally(new IllegalStateException("away"));
        assertNull(waiting.join());
        assertNull(found("fresh").join(), "for a moment");
    }

    @Test
    void an_endless_look_refuses_the_key_and_the_next_may_look() throws Exception {
        assertNull(found("fresh").get(10, TimeUnit.SECONDS));
        published.answer = CompletableFuture.completedFuture(Map.of("fresh", fresh));
        await().until(() -> found("fresh").get(10, TimeUnit.SECONDS), fresh::equals);
    }

    CompletableFuture<PublicKey> found(String kid) {
        return keys.lookUp(kid).subscribeAsCompletionStage();
    }

    static PublicKey key() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair().getPublic();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
