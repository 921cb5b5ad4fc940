package io.switchboard.voice;

import io.switchboard.kit.schedule.CleanUps;
import jakarta.inject.Singleton;
import java.util.List;

/** The expired rows that this service removes. */
@Singleton
class VoiceCleanUps implements CleanUps {
    @Override
    public List<String> functions() {
        return List.of(
                "forget_idempotency_keys",
                "forget_work",
                "forget_subscription_deliveries",
                "forget_call_stream_events",
                "forget_call_answers",
                "expire_call_data");
    }
}
