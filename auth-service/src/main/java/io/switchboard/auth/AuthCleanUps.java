package io.switchboard.auth;

import io.switchboard.kit.schedule.CleanUps;
import jakarta.inject.Singleton;
import java.util.List;

/** The expired rows that this service removes. */
@Singleton
class AuthCleanUps implements CleanUps {
    @Override
    public List<String> functions() {
        return List.of(
                "forget_idempotency_keys",
                "forget_work",
                "forget_attempts",
                "expire_invitations",
                "forget_refresh_families",
                "forget_client_sessions",
                "forget_devices",
                "forget_password_resets");
    }
}
