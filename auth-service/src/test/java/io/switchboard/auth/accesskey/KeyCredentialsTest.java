package io.switchboard.auth.accesskey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.switchboard.auth.token.AddressedToken;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class KeyCredentialsTest {

    @Test
    void its_two_halves_are_read_back() {
        var orgId = UUID.randomUUID();
        var id = UUID.randomUUID();
        var clientId = AddressedToken.address(orgId, id);
        var read = KeyCredentials.of(clientId, "junk");
        assertEquals(orgId, read.token().orgId());
        assertEquals(id, read.token().id());
        assertEquals(clientId, read.clientId());
        assertNull(KeyCredentials.of("crm-service", "x"));
        assertNull(KeyCredentials.of("", ""));
        assertEquals("***", read.token().toString());
    }
}
