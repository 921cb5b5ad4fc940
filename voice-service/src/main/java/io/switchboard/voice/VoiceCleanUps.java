package io.switchboard.voice;

import io.switchboard.kit.schedule.CleanUps;
import jakarta.inject.Singleton;
import java.util.List;

/** The expired rows that this service removes, and the calls that are open for too long. */
@Singleton
class VoiceCleanUps implements CleanUps {
    @Override
    public List<String> functions() {
        return List.of(
                "forget_idempotency_keys",
                "forget_work",
                "note_open_calls",
                "queue_stuck_calls",
                "forget_subscription_deliveries",
                "forget_call_stream_events",
                "forget_call_answers",
                "expire_call_data");
    }
}
