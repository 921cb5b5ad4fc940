package io.switchboard.auth.serviceaccount;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.switchboard.kit.secret.Secret;
import org.junit.jupiter.api.Test;

class ServiceAccountsTest {

    @Test
    void a_short_secret_keeps_the_service_from_starting() {
        var refused = assertThrows(
                IllegalStateException.class,
                () -> ServiceAccounts.checkLength("crm-service", Secret.valueOf("changeme")));
        assertFalse(refused.getMessage().contains("changeme"));
        assertDoesNotThrow(() -> ServiceAccounts.checkLength("crm-service", Secret.valueOf("x".repeat(32))));
    }
}
