package io.switchboard.auth.session;

import io.switchboard.auth.user.UserView;
import io.switchboard.auth.user.Users;
import io.vertx.sqlclient.Row;
import java.util.UUID;

/**
 * A recorded sign-in, for which tokens are issued.
 *
 * @param totpPending an admin whose organization requires a second factor, or an operator where the platform does, without one
 * @param family of the refresh tokens
 */
public record SignInResult(UserView user, boolean totpPending, UUID family) {
    /** What {@link #of} reads, of users u and their organization o, and beside it {@code family}. */
    static final String COLUMNS = Users.COLUMNS
            + ", u.role in ('admin', 'platform_admin') and o.require_totp and not exists ("
            + "select from confirmed_factors t where t.org_id = u.org_id and t.id = u.id)"
            + " as totp_pending";

    private static final String PENDING = "totp_pending";

    static SignInResult of(Row row) {
        return new SignInResult(Users.view(row), row.getBoolean(PENDING), row.getUUID("family"));
    }

    /** The role of the access token: while the second factor is pending, one that may only set it up. */
    String role() {
        return totpPending ? PENDING : user.role().wire();
    }
}
