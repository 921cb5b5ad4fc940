package io.switchboard.voice.recording;

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

/** The API keys that an organization's admins keep in auth-service. None is kept here, and none is logged. */
@ApplicationScoped
class ProviderKeys {
    private static final Logger LOG = Logger.getLogger(ProviderKeys.class);
    private static final String AUTH = "auth-service";

    private final Peer peer;

    ProviderKeys(Peer peer) {
        this.peer = peer;
    }

    /** A key, and the admin who keeps it. */
    record AdminKey(UUID adminId, String apiKey) {
        @Override
        public String toString() {
            return "AdminKey[" + adminId + "]";
        }
    }

    /**
     * The key of the active admin with the lowest id who keeps one. Fails with {@code provider_key_missing}, and with
     * {@code unavailable} while auth-service gives no usable answer.
     *
     * @param after only of admins with a higher id; null for all
     */
    Uni<AdminKey> next(CallerContext caller, String provider, @Nullable UUID after) {
        var request = new PeerRequest(
                AUTH,
                HttpMethod.POST,
                "/internal/api-keys/" + provider + ":reveal" + (after == null ? "" : "?after=" + after),
                caller.orgId(),
                caller.requestId(),
                Map.of(),
                Buffer.buffer());
        return peer.send(request)
                .map(answer -> key(answer.bodyAsJsonObject()))
                .onFailure()
                .transform(failure -> refusal(provider, failure));
    }

    private static AdminKey key(JsonObject answer) {
        var key = answer.getString("apiKey");
        if (key == null || key.isBlank()) {
            throw new IllegalStateException("the answer lacks the key");
        }
        return new AdminKey(UUID.fromString(answer.getString("userId")), key);
    }

    private static Problem refusal(String provider, Throwable failure) {
        if (failure instanceof PeerRefusal refusal && refusal.status() == 404) {
            return Problem.conflict("provider_key_missing", "No admin keeps an API key of " + provider + " here.");
        }
        // Not the message: that of a parser quotes what it could not read.
        LOG.infof("No API key from auth-service: %s", failure.getClass().getSimpleName());
        return Problem.unavailable(1);
    }
}
