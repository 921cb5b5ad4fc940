package io.switchboard.crm.notification;

import io.switchboard.kit.tenant.Chore;
import jakarta.inject.Singleton;

/** Removes the notifications whose time is over. */
@Singleton
class ExpireNotifications implements Chore {
    @Override
    public String statement() {
        return "select expire_old_notifications()";
    }
}
