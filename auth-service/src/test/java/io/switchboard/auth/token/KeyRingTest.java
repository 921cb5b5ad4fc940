package io.switchboard.auth.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.switchboard.auth.token.SigningKey.Pair;
import io.switchboard.auth.token.SigningKey.State;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.Test;

class KeyRingTest {
    final Pair pair = Pair.generate(UUID.fromString("01970000-0000-7000-8000-000000000001"));
    final SigningKey stored = new SigningKey(
            pair.id(), State.active, pair.publicJwk(), new byte[0], OffsetDateTime.parse("2026-11-20T10:00:00Z"), null);
    final KeyRing ring =
            new KeyRing(pair.id().toString(), SigningKey.privateKey(pair.privateKey()), List.of(stored.jwk()));

    @Test
    void what_the_ring_signs_its_published_keys_verify() throws Exception {
        var claims = new JwtClaims();
        claims.setSubject("ada");
        var jws = new JsonWebSignature();
        jws.setCompactSerialization(ring.sign(claims));
        jws.setKey(ring.publicKeys().get(jws.getKeyIdHeaderValue()));
        assertEquals("{\"sub\":\"ada\"}", jws.getPayload());
        assertEquals("at+jwt", jws.getHeader("typ"));
        assertEquals("RS256", jws.getAlgorithmHeaderValue());
    }

    @Test
    void nothing_private_is_published() throws Exception {
        var jwk = new JsonWebKeySet(ring.jwks()).getJsonWebKeys().get(0);
        assertEquals("sig", jwk.getUse());
        assertEquals("RS256", jwk.getAlgorithm());
        assertFalse(ring.jwks().contains("\"d\"") || ring.jwks().contains("\"p\""));
    }

    @Test
    void every_pair_is_another() {
        assertNotEquals(pair.publicJwk(), Pair.generate(pair.id()).publicJwk());
    }
}
