package io.switchboard.auth.login;

import io.switchboard.kit.tenant.Chore;
import jakarta.inject.Singleton;

/** Removes the devices whose time is over. */
@Singleton
class ForgetDevices implements Chore {
    @Override
    public String statement() {
        return "select forget_devices()";
    }
}
