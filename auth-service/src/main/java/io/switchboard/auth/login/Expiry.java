package io.switchboard.auth.login;

import io.switchboard.kit.tenant.Chore;
import jakarta.inject.Singleton;

/** Removes what has run out: sessions, tokens, devices, invitations and counters. */
@Singleton
class Expiry implements Chore {
    @Override
    public String statement() {
        return "select forget_expired()";
    }
}
