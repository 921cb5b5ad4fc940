package io.switchboard.auth.admin;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * The figures of voice-service. A figure is null if it is unknown there, or if voice-service is away.
 *
 * @param voice available or unavailable
 */
record VoiceStatistics(
        String voice,
        @Nullable Long agents,
        @Nullable Long calls,
        @Nullable Long callsThisMonth,
        @Nullable Long tokensThisMonth) {
    static final VoiceStatistics UNAVAILABLE = new VoiceStatistics("unavailable", null, null, null, null);

    static VoiceStatistics of(JsonObject answer) {
        return new VoiceStatistics(
                "available",
                answer.getLong("agents"),
                answer.getLong("calls"),
                answer.getLong("callsThisMonth"),
                answer.getLong("tokensThisMonth"));
    }
}
