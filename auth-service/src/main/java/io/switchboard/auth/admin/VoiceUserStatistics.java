package io.switchboard.auth.admin;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The figures of voice-service of users, by their ids.
 *
 * @param voice available or unavailable
 */
record VoiceUserStatistics(String voice, Map<UUID, Figures> users) {
    static final VoiceUserStatistics UNAVAILABLE = new VoiceUserStatistics("unavailable", Map.of());
    static final VoiceUserStatistics NO_USERS = new VoiceUserStatistics("available", Map.of());

    /** A user's. Null is unknown. */
    record Figures(
            @Nullable Long agents,
            @Nullable Long callsThisMonth,
            @Nullable Long tokensThisMonth) {
        static final Figures UNKNOWN = new Figures(null, null, null);
    }

    static VoiceUserStatistics of(JsonObject answer) {
        var users = answer.getJsonArray("items").stream()
                .map(JsonObject.class::cast)
                .collect(Collectors.toMap(
                        item -> UUID.fromString(item.getString("userId")),
                        VoiceUserStatistics::figures,
                        (one, same) -> one));
        return new VoiceUserStatistics("available", users);
    }

    Figures of(UUID user) {
        return users.getOrDefault(user, Figures.UNKNOWN);
    }

    private static Figures figures(JsonObject item) {
        return new Figures(item.getLong("agents"), item.getLong("callsThisMonth"), item.getLong("tokensThisMonth"));
    }
}
