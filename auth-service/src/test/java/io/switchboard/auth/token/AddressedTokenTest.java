package io.switchboard.auth.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AddressedTokenTest {
    final UUID org = UUID.randomUUID();
    final UUID id = UUID.randomUUID();

    @Test
    void a_token_says_where_it_belongs() {
        var token = AddressedToken.next(org, id);
        var shown = AddressedToken.read(token.reveal());
        assertEquals(org, shown.orgId());
        assertEquals(id, shown.id());
        assertEquals(token.hash(), shown.hash());
        assertEquals(32, shown.hash().length());
        assertNotEquals(token.hash(), AddressedToken.next(org, id).hash());
    }

    @Test
    void its_halves_make_it_again() {
        var token = AddressedToken.next(org, id);
        var address = AddressedToken.address(org, id);
        var shown = AddressedToken.read(address, token.secret());
        assertEquals(token.reveal(), shown.orElseThrow().reveal());
        var guessed = AddressedToken.read(address, "junk").orElseThrow();
        assertEquals(id, guessed.id());
        assertNotEquals(token.hash(), guessed.hash());
        assertTrue(AddressedToken.read("junk", token.secret()).isEmpty());
    }

    @Test
    void a_malformed_token_belongs_to_no_organization() {
        for (var junk : List.of(
                "", "%%%", "AAAA", "ä", "a".repeat(108), UUID.randomUUID().toString())) {
            assertEquals(new UUID(0, 0), AddressedToken.read(junk).orgId());
        }
    }

    @Test
    void it_does_not_print() {
        var token = AddressedToken.next(org, id);
        assertEquals("***", token.toString());
        assertFalse(String.valueOf(token).contains(token.reveal()));
    }
}
