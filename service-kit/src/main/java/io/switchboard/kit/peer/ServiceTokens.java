package io.switchboard.kit.peer;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.smallrye.mutiny.Uni;
import io.switchboard.kit.secret.Secret;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** This service's tokens for its peers, one a peer and tenant, fetched by client credentials and kept until shortly before they expire. */
@ApplicationScoped
class ServiceTokens {
    private static final String ISSUER = "auth-service";

    private final Peers peers;
    private final String service;
    private final Secret secret;
    private final AsyncCache<Wanted, Granted> cache = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfter(Expiry.<Wanted, Granted>creating((wanted, granted) -> granted.validFor()))
            .buildAsync();

    ServiceTokens(
            Peers peers,
            @ConfigProperty(name = "quarkus.application.name") String service,
            @ConfigProperty(name = "switchboard.client-secret") Secret secret) {
        this.peers = peers;
        this.service = service;
        this.secret = secret;
    }

    private record Wanted(String peer, @Nullable UUID orgId) {}

    /** A token, and for how long it serves: it may have been issued before, and a call with it takes its time. */
    private record Granted(String token, Duration validFor) {
        static Granted of(JsonObject answer) {
            var left = Duration.ofSeconds(answer.getLong("expires_in")).minusMinutes(1);
            return new Granted(answer.getString("access_token"), left.isNegative() ? Duration.ZERO : left);
        }

        @Override
        public String toString() {
            return "***";
        }
    }

    /** A token that names the peer as audience, and the organization where the call is for one. */
    Uni<String> token(String peer, @Nullable UUID orgId) {
        return Uni.createFrom()
                .completionStage(() -> cache.get(new Wanted(peer, orgId), (wanted, executor) -> fetch(wanted)))
                .map(Granted::token);
    }

    void forget(String peer, @Nullable UUID orgId) {
        cache.synchronous().invalidate(new Wanted(peer, orgId));
    }

    private CompletableFuture<Granted> fetch(Wanted wanted) {
        var form = MultiMap.caseInsensitiveMultiMap()
                .add("grant_type", "client_credentials")
                .add("client_id", service)
                .add("client_secret", secret.reveal())
                .add("resource", wanted.peer());
        if (wanted.orgId() != null) {
            form.add("org_id", wanted.orgId().toString());
        }
        return peers.send(
                        ISSUER,
                        client -> Peers.repeatIfClosed(() -> client.postAbs(peers.url(ISSUER, "/oauth2/token"))
                                .timeout(Peers.TOTAL_MILLIS)
                                .sendForm(form)))
                .map(answer -> Granted.of(answer.bodyAsJsonObject()))
                .subscribeAsCompletionStage();
    }
}
