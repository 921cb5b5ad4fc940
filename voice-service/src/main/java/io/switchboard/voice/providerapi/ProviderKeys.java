package io.switchboard.voice.providerapi;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.peer.Peer;
import io.switchboard.kit.peer.Peer.PeerRequest;
import io.switchboard.kit.peer.PeerRefusal;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The API keys that an organization's people keep in auth-service. None is kept here, and none is logged. */
@ApplicationScoped
class ProviderKeys {
    private static final Logger LOG = Logger.getLogger(ProviderKeys.class);
    private static final String AUTH = "auth-service";

    private final Peer peer;

    ProviderKeys(Peer peer) {
        this.peer = peer;
    }

    /** A key, and the user who keeps it. */
    record KeptKey(UUID userId, String apiKey) {
        @Override
        public String toString() {
            return "KeptKey[" + userId + "]";
        }
    }

    /** The key that a user keeps. Fails as {@link #next} does. */
    Uni<KeptKey> of(CallerContext caller, String provider, UUID userId) {
        return reveal(caller, provider, userId + "/" + provider + ":reveal");
    }

    /**
     * The key of the active admin with the lowest id who keeps one. Fails with {@code provider_key_missing}, and with
     * {@code unavailable} while auth-service gives no usable answer.
     *
     * @param after only of admins with a higher id; null for all
     */
    Uni<KeptKey> next(CallerContext caller, String provider, @Nullable UUID after) {
        return reveal(caller, provider, provider + ":reveal" + (after == null ? "" : "?after=" + after));
    }

    private Uni<KeptKey> reveal(CallerContext caller, String provider, String path) {
        var request = new PeerRequest(
                AUTH,
                HttpMethod.POST,
                "/internal/api-keys/" + path,
                caller.orgId(),
                caller.requestId(),
                Map.of(),
                Buffer.buffer());
        return peer.send(request)
                .map(answer -> key(answer.bodyAsJsonObject()))
                .onFailure()
                .transform(failure -> refusal(provider, failure));
    }

    private static KeptKey key(JsonObject answer) {
        var key = answer.getString("apiKey");
        if (key == null || key.isBlank()) {
            throw new IllegalStateException("the answer lacks the key");
        }
        return new KeptKey(UUID.fromString(answer.getString("userId")), key);
    }

    private static Problem refusal(String provider, Throwable failure) {
        if (failure instanceof PeerRefusal refusal && refusal.status() == 404) {
            return Problem.conflict(
                    "provider_key_missing", "Nobody who is asked keeps an API key of " + provider + " here.");
        }
        // Not the message: that of a parser quotes what it could not read.
        LOG.infof("No API key from auth-service: %s", failure.getClass().getSimpleName());
        return Problem.unavailable(1);
    }
}
