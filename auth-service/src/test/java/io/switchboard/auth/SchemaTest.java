package io.switchboard.auth;

import io.switchboard.kit.test.SchemaChecks;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SchemaTest {

    @Test
    void the_database_keeps_tenants_apart() throws Exception {
        SchemaChecks.run(
                "auth",
                Set.of(
                        "claim_slug",
                        "sync_directory_email",
                        "keep_an_admin",
                        "guard_invited_email",
                        "sync_directory_invitation",
                        "find_invitation",
                        "sync_directory_pin",
                        "authenticate_pin",
                        "sync_directory_client_session",
                        "validate_session",
                        "find_client_session",
                        "begin_password_login",
                        "fail_attempt",
                        "reserve_attempt",
                        "return_attempt",
                        "forget_attempts",
                        "forget_client_sessions",
                        "forget_devices",
                        "forget_password_resets",
                        "forget_refresh_families",
                        "expire_invitations",
                        "find_user",
                        "list_organizations",
                        "claim_outdated_api_keys",
                        "claim_outdated_signing_keys",
                        "claim_outdated_user_totp",
                        "suite_user_statistics",
                        "suite_statistics"),
                Set.of("login_attempts", "service_accounts", "signing_keys", "tiers"),
                Set.of());
    }
}
