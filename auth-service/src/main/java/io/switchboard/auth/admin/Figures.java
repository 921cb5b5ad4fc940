package io.switchboard.auth.admin;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What voice-service counts. Null is what it does not know, or is not there to say.
 *
 * @param voice available or unavailable
 * @param members figures of single users, by id, where voice-service has any
 */
record Figures(
        String voice,
        @Nullable Long agents,
        @Nullable Long calls,
        @Nullable Long callsThisMonth,
        @Nullable Long tokensThisMonth,
        Map<String, Figures> members) {
    static final Figures UNAVAILABLE = nothing("unavailable");

    private static final String AVAILABLE = "available";
    private static final Figures UNKNOWN = nothing(AVAILABLE);

    static Figures of(JsonObject answer) {
        return new Figures(
                AVAILABLE,
                answer.getLong("agents"),
                answer.getLong("calls"),
                answer.getLong("callsThisMonth"),
                answer.getLong("tokensThisMonth"),
                answer.getJsonArray("members", new JsonArray()).stream()
                        .map(JsonObject.class::cast)
                        .collect(Collectors.toMap(member -> member.getString("id"), Figures::of)));
    }

    Figures ofMember(String userId) {
        return members.getOrDefault(userId, UNKNOWN);
    }

    private static Figures nothing(String voice) {
        return new Figures(voice, null, null, null, null, Map.of());
    }
}
