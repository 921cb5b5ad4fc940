package io.switchboard.auth.clientsession;

import io.switchboard.kit.tenant.Chore;
import jakarta.inject.Singleton;

/** Removes the sessions that ended a week ago. */
@Singleton
class ForgetSessions implements Chore {
    @Override
    public String statement() {
        return "select forget_client_sessions()";
    }
}
