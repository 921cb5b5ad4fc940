package io.switchboard.auth.throttle;

import io.switchboard.kit.tenant.Chore;
import jakarta.inject.Singleton;

/** Removes the counters of those who have not failed for long. */
@Singleton
class ForgetAttempts implements Chore {
    @Override
    public String statement() {
        return "select forget_attempts()";
    }
}
