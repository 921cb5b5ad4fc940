package io.switchboard.auth.admin;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * What voice-service counts. Null is what it does not know, or is not there to say.
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
