package io.switchboard.auth.password;

import io.switchboard.kit.tenant.Chore;
import jakarta.inject.Singleton;

/** Removes the leaves to set a new password that nobody used in time. */
@Singleton
class ForgetResets implements Chore {
    @Override
    public String statement() {
        return "select forget_password_resets()";
    }
}
