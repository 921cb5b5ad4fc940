package io.switchboard.auth.admin;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.peer.Peer;
import io.switchboard.kit.peer.Peer.PeerRequest;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
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
        return send(get("/internal/statistics", orgId, requestId), VoiceStatistics::of, VoiceStatistics.UNAVAILABLE);
    }

    /** The sums over all organizations. */
    Uni<VoiceStatistics> ofAll(String requestId) {
        return send(
                get("/internal/statistics/suite", null, requestId), VoiceStatistics::of, VoiceStatistics.UNAVAILABLE);
    }

    /** Of users of one organization. Never fails: without an answer it is {@link VoiceUserStatistics#UNAVAILABLE}. */
    Uni<VoiceUserStatistics> ofUsers(UUID orgId, List<UserStatisticsView> users, String requestId) {
        var ids = users.stream().map(user -> user.id().toString()).collect(Collectors.joining(","));
        return sendForUsers(users, get("/internal/statistics/users?ids=" + ids, orgId, requestId));
    }

    /** The same for users of several organizations. */
    Uni<VoiceUserStatistics> ofUsers(List<UserStatisticsView> users, String requestId) {
        var form = new JsonObject()
                .put(
                        "users",
                        new JsonArray(
                                users.stream().map(VoiceStatisticsClient::named).toList()));
        return sendForUsers(
                users,
                PeerRequest.json(
                        VOICE, HttpMethod.POST, "/internal/statistics/suite/users", null, requestId, form.toBuffer()));
    }

    private static JsonObject named(UserStatisticsView user) {
        return new JsonObject()
                .put("orgId", user.orgId().toString())
                .put("userId", user.id().toString());
    }

    private Uni<VoiceUserStatistics> sendForUsers(List<UserStatisticsView> users, PeerRequest request) {
        return users.isEmpty()
                ? Uni.createFrom().item(VoiceUserStatistics.NO_USERS)
                : send(request, VoiceUserStatistics::of, VoiceUserStatistics.UNAVAILABLE);
    }

    private static PeerRequest get(String path, @Nullable UUID orgId, String requestId) {
        return new PeerRequest(VOICE, HttpMethod.GET, path, orgId, requestId, Map.of(), Buffer.buffer());
    }

    private <T> Uni<T> send(PeerRequest request, Function<JsonObject, T> shape, T otherwise) {
        return peer.send(request)
                .map(answer -> shape.apply(new JsonObject(answer.bodyAsString())))
                .ifNoItem()
                .after(ANSWER_WITHIN)
                .fail()
                .onFailure()
                .invoke(failure -> LOG.debugf("No figures of voice-service: %s", failure.getMessage()))
                .onFailure()
                .recoverWithItem(otherwise);
    }
}
