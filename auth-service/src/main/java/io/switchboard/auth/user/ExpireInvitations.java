package io.switchboard.auth.user;

import io.switchboard.kit.tenant.Chore;
import jakarta.inject.Singleton;

/** Ends the invitations that nobody accepted in time. */
@Singleton
class ExpireInvitations implements Chore {
    @Override
    public String statement() {
        return "select expire_invitations()";
    }
}
