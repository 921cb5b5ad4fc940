package io.switchboard.auth.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.switchboard.auth.token.SigningKey.Pair;
import io.switchboard.kit.test.Jws;
import io.switchboard.kit.token.RsaJwk;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class KeyRingTest {
    final Pair pair = Pair.generate(UUID.fromString("01970000-0000-7000-8000-000000000001"));
    final KeyRing ring = new KeyRing(
            pair.id().toString(),
            SigningKey.privateKey(pair.privateKey().getEncoded()),
            List.of(RsaJwk.of(pair.publicKey().json())));

    @Test
    void a_published_key_verifies_what_the_ring_signs() throws GeneralSecurityException {
        var token = ring.sign(Map.of("sub", "ada", "iat", 7, "exp", 9));
        var header = Jws.header(token);
        assertEquals(Map.of("alg", "RS256", "typ", "at+jwt", "kid", ring.kid()), header.getMap());
        assertEquals(Set.of("sub", "iat", "exp", "jti"), Jws.claims(token).fieldNames());
        var signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(ring.publicKeys().get(header.getString("kid")));
        var end = token.lastIndexOf('.');
        signature.update(token.substring(0, end).getBytes(StandardCharsets.US_ASCII));
        assertTrue(signature.verify(Base64.getUrlDecoder().decode(token.substring(end + 1))));
    }

    @Test
    void every_token_has_an_id_of_its_own() {
        var claims = Map.<String, Object>of("sub", "ada");
        assertNotEquals(
                Jws.claims(ring.sign(claims)).getString("jti"),
                Jws.claims(ring.sign(claims)).getString("jti"));
    }

    @Test
    void nothing_private_is_published() {
        var jwk = new JsonObject(ring.jwks()).getJsonArray("keys").getJsonObject(0);
        assertEquals(Set.of("kty", "use", "alg", "kid", "n", "e"), jwk.fieldNames());
        assertEquals("sig", jwk.getString("use"));
        assertEquals("RS256", jwk.getString("alg"));
    }

    @Test
    void every_pair_is_another() {
        assertNotEquals(pair.publicKey(), Pair.generate(pair.id()).publicKey());
    }
}
