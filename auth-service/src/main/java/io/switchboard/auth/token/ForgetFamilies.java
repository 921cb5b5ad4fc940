package io.switchboard.auth.token;

import io.switchboard.kit.tenant.Chore;
import jakarta.inject.Singleton;

/** Removes the sign-ins that ended a week ago. */
@Singleton
class ForgetFamilies implements Chore {
    @Override
    public String statement() {
        return "select forget_refresh_families()";
    }
}
