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
record VoiceUserStatistics(String voice, Map<UUID, UserFigures> users) {
    static final VoiceUserStatistics UNAVAILABLE = new VoiceUserStatistics("unavailable", Map.of());
    static final VoiceUserStatistics NO_USERS = new VoiceUserStatistics("available", Map.of());

    /** A user's. Null is unknown. */
    record UserFigures(
            @Nullable Long agents,
            @Nullable Long callsThisMonth,
            @Nullable Long tokensThisMonth) {
        static final UserFigures UNKNOWN = new UserFigures(null, null, null);
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

    UserFigures of(UUID user) {
        return users.getOrDefault(user, UserFigures.UNKNOWN);
    }

    private static UserFigures figures(JsonObject item) {
        return new UserFigures(item.getLong("agents"), item.getLong("callsThisMonth"), item.getLong("tokensThisMonth"));
    }
}
