package io.switchboard.kit.secret;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class OpaqueTokenTest {

    @Test
    void a_token_has_256_random_bits_and_is_known_by_its_hash() {
        var token = OpaqueToken.next();
        assertTrue(token.reveal().matches("[A-Za-z0-9_-]{43}"));
        assertNotEquals(token.reveal(), OpaqueToken.next().reveal());
        assertEquals(token.hash(), OpaqueToken.shown(token.reveal()).hash());
        assertEquals(32, token.hash().length());
    }

    @Test
    void printing_a_token_does_not_show_it() {
        assertEquals("***", OpaqueToken.next().toString());
    }
}
