package io.switchboard.auth.admin;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.peer.Peer;
import io.switchboard.kit.peer.Peer.PeerRequest;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Asks voice-service for its figures. */
@ApplicationScoped
class VoiceStatisticsClient {
    private static final Logger LOG = Logger.getLogger(VoiceStatisticsClient.class);
    private static final String VOICE = "voice-service";
    private static final Duration ANSWER_WITHIN =
            Duration.ofMillis(1_700); // a token and the answer: 2 s with our own part

    private final Peer peer;

    VoiceStatisticsClient(Peer peer) {
        this.peer = peer;
    }

    /** Never fails: without an answer it is {@link VoiceStatistics#UNAVAILABLE}. */
    Uni<VoiceStatistics> of(UUID orgId, String requestId) {
        return request("/internal/statistics", orgId, requestId);
    }

    /** The sums over all organizations. */
    Uni<VoiceStatistics> ofAll(String requestId) {
        return request("/internal/statistics/suite", null, requestId);
    }

    private Uni<VoiceStatistics> request(String path, @Nullable UUID orgId, String requestId) {
        return peer.send(new PeerRequest(VOICE, HttpMethod.GET, path, orgId, requestId, Map.of(), Buffer.buffer()))
                .map(answer -> VoiceStatistics.of(new JsonObject(answer.bodyAsString())))
                .ifNoItem()
                .after(ANSWER_WITHIN)
                .fail()
                .onFailure()
                .invoke(failure -> LOG.debugf("No figures of voice-service: %s", failure.getMessage()))
                .onFailure()
                .recoverWithItem(VoiceStatistics.UNAVAILABLE);
    }
}
