package io.switchboard.auth.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.auth.AuthSettings;
import io.switchboard.kit.test.PostgresResource;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(AuthSettings.class)
class RefreshTokenKeysTest {
    @Inject
    RefreshTokenKeys keys;

    final RefreshToken first = RefreshToken.first(UUID.randomUUID());

    @Test
    void a_token_names_its_family_and_its_number() {
        var read = keys.read(keys.reveal(first)).orElseThrow();
        assertEquals(first.orgId(), read.orgId());
        assertEquals(first.family(), read.family());
        assertEquals(1, read.number());
        assertEquals(first.hash(), read.hash());
        assertEquals("***", read.toString());
    }

    @Test
    void a_token_has_one_successor_and_another_token_another() {
        var second = keys.successor(first);
        assertEquals(2, second.number());
        assertEquals(first.family(), second.family());
        assertEquals(keys.reveal(second), keys.reveal(keys.successor(first)));
        var other = RefreshToken.first(first.orgId());
        assertNotEquals(second.hash(), keys.successor(other).hash());
        assertNotEquals(keys.reveal(first).substring(50), keys.reveal(second).substring(50));
    }

    @Test
    void a_text_without_proof_is_no_token() {
        var text = keys.reveal(first);
        assertTrue(keys.read("").isEmpty());
        assertTrue(keys.read(CanonicalBase64.encode(new byte[84])).isEmpty());
        assertTrue(keys.read(text.substring(0, 90)).isEmpty());
        assertTrue(keys.read(text.substring(0, 111) + (text.endsWith("A") ? "B" : "A"))
                .isEmpty());
    }
}
