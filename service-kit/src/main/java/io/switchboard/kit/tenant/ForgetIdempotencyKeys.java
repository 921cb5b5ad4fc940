package io.switchboard.kit.tenant;

import jakarta.inject.Singleton;

/** Drops the answers whose 24 hours are over. */
@Singleton
class ForgetIdempotencyKeys implements Chore {
    @Override
    public String statement() {
        return "select forget_idempotency_keys()";
    }
}
