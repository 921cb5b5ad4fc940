package io.switchboard.audit.checkpoint;

import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.switchboard.audit.format.SignedNote;
import io.switchboard.audit.format.VerifierKey;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import jakarta.inject.Inject;
import java.time.Instant;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class KeysResourceTest {
    private static final String KEYS = "/api/audit/keys";

    @Inject
    SigningKeys keys;

    @Test
    void an_admin_gets_the_keys_under_the_organization_s_name() {
        var acme = Caller.adminOfNewOrg();
        var globex = Caller.adminOfNewOrg();
        var found = acme.get(KEYS);
        found.then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].from", nullValue())
                .body("items[0].until", nullValue());
        var own = key(found);
        assertEquals("issuer.test/audit/" + acme.orgId(), own.name());
        assertEquals(own.keyId(), found.path("items[0].keyId"));
        var note = SignedNote.parse(keys.sign(acme.orgId(), 1, new byte[32], Instant.now()));
        assertTrue(note.isSignedBy(own));
        var other = key(globex.get(KEYS));
        assertEquals("issuer.test/audit/" + globex.orgId(), other.name());
        assertTrue(!note.isSignedBy(other));
    }

    @Test
    void an_operator_gets_them_under_the_installation_s() {
        var operator = Caller.of("platform_admin", CallerContext.PLATFORM);
        assertEquals("issuer.test/audit", key(operator.get(KEYS)).name());
    }

    @Test
    void an_access_key_of_an_admin_may_fetch_them_and_an_agent_may_not() {
        var acme = Caller.adminOfNewOrg();
        Caller.accessKey("admin", acme.orgId()).get(KEYS).then().statusCode(200);
        acme.colleague("agent").get(KEYS).then().statusCode(403).body("status", is(403));
    }

    private static VerifierKey key(Response found) {
        return VerifierKey.parse(found.path("items[0].vkey"));
    }
}
