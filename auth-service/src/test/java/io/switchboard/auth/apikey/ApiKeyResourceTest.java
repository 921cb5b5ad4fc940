package io.switchboard.auth.apikey;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.switchboard.auth.AuthSettings;
import io.switchboard.auth.Person;
import io.switchboard.kit.test.AuditTrail;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.SealedRows;
import io.switchboard.kit.test.Sql;
import io.switchboard.kit.test.SqlRefusal;
import io.switchboard.kit.test.TestIssuer;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(AuthSettings.class)
class ApiKeyResourceTest {
    static final String GROQ = "/api/api-keys/groq";
    static final String CLEAR = "gsk_live_0123456789abcd";

    Person ada;

    @BeforeEach
    void signUp() {
        ada = Person.signUp();
    }

    @Test
    void a_key_is_put_in_and_never_shown_again() {
        var created = ada.caller().put(GROQ, Map.of("apiKey", CLEAR));
        created.then()
                .log()
                .ifValidationFails()
                .statusCode(201)
                .header("Location", nullValue()) // there is no GET of a single key
                .body("provider", is("groq"))
                .body("last4", is("abcd"))
                .body("keyVersion", notNullValue())
                .body("createdAt", notNullValue())
                .body("lastUsedAt", nullValue())
                .body("id", nullValue());
        ada.caller()
                .put(GROQ, Map.of("apiKey", "gsk_live_another_wxyz"))
                .then()
                .log()
                .ifValidationFails()
                .statusCode(200)
                .body("last4", is("wxyz"));
        ada.caller().put("/api/api-keys/openai", Map.of("apiKey", CLEAR)).then().statusCode(201);
        var page = ada.caller().get("/api/api-keys?limit=1");
        page.then().log().ifValidationFails().statusCode(200).body("items.provider", contains("openai"));
        ada.caller()
                .get("/api/api-keys?limit=1&cursor=" + page.path("nextCursor"))
                .then()
                .body("items.provider", contains("groq"))
                .body("nextCursor", nullValue());
        var rows = Sql.superuser()
                .column("select encode(ciphertext, 'escape') || k::text from api_keys k" + " where user_id = '" + id()
                        + "'");
        assertFalse(rows.toString().contains(CLEAR));
        var events = AuditTrail.await(
                3,
                event -> event.getString("resourceType").equals("api_keys")
                        && event.getString("orgId").equals(ada.caller().orgId().toString()));
        assertFalse(events.toString().contains(CLEAR), events.toString());
        events.forEach(event ->
                assertEquals("[redacted]", event.getJsonObject("newData").getString("ciphertext")));
    }

    @Test
    void only_known_providers_and_whole_keys_are_taken() {
        ada.caller()
                .put("/api/api-keys/acme", Map.of("apiKey", CLEAR))
                .then()
                .statusCode(404)
                .body("type", endsWith("provider_not_found"));
        for (var key : List.of("short", "", "with a space", "gsk_ümlaut_key")) {
            ada.caller().put(GROQ, Map.of("apiKey", key)).then().statusCode(422).body("errors[0].field", is("apiKey"));
        }
        ada.caller().put(GROQ, Map.of("apiKey", CLEAR, "userId", "x")).then().statusCode(400);
    }

    @Test
    void a_key_belongs_to_its_owner_alone() {
        ada.caller().put(GROQ, Map.of("apiKey", CLEAR)).then().statusCode(201);
        for (var role : List.of("admin", "user", "enterprise", "agent")) {
            var colleague = ada.invite(role).caller();
            colleague.get("/api/api-keys").then().statusCode(200).body("items", hasSize(0));
            colleague.delete(GROQ).then().statusCode(404);
            colleague.post(GROQ + "/rotate", Map.of()).then().statusCode(404);
        }
        ada.invite("customer").caller().get("/api/api-keys").then().statusCode(403);
        ada.caller().delete(GROQ).then().statusCode(204);
        ada.caller().delete(GROQ).then().statusCode(404).body("type", endsWith("api_key_not_found"));
    }

    @Test
    void only_voice_service_reveals_a_key_and_that_is_recorded() {
        ada.caller().put(GROQ, Map.of("apiKey", CLEAR)).then().statusCode(201);
        reveal(voice(), id(), "groq")
                .then()
                .log()
                .ifValidationFails()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body("provider", is("groq"))
                .body("apiKey", is(CLEAR));
        ada.caller().get("/api/api-keys").then().body("items[0].lastUsedAt", notNullValue());
        var record = AuditTrail.await(1, ada.caller().orgId(), "reveal").get(0);
        assertEquals("voice-service", record.getString("actorId"));
        assertEquals(id().toString(), record.getJsonObject("newData").getString("userId"));
        assertFalse(record.encode().contains(CLEAR));

        reveal(Caller.service("crm-service", ada.caller().orgId()), id(), "groq")
                .then()
                .statusCode(403);
        reveal(Caller.service("voice-service", null), id(), "groq").then().statusCode(403);
        reveal(ada.caller(), id(), "groq").then().statusCode(403);
        reveal(Caller.service("voice-service", UUID.randomUUID()), id(), "groq")
                .then()
                .statusCode(404);
        reveal(voice(), UUID.randomUUID(), "groq").then().statusCode(404);
        reveal(voice(), id(), "openai").then().statusCode(404).body("type", endsWith("api_key_not_found"));
        ada.invite("admin"); // the last one could not be switched off
        Sql.superuser().run("update users set is_active = false where id = '" + id() + "'");
        reveal(voice(), id(), "groq").then().statusCode(404);
    }

    @Test
    void the_trail_names_the_person_for_whom_it_was_shown() {
        ada.caller().put(GROQ, Map.of("apiKey", CLEAR)).then().statusCode(201);
        var person = UUID.randomUUID();
        var token = Caller.issuer().sign(TestIssuer.claims("voice-service", "service", "auth-service", claims -> {
            claims.put("azp", "voice-service");
            claims.put("org_id", ada.caller().orgId().toString());
            claims.put("on_behalf_of", Map.of("sub", person.toString(), "groups", List.of("user")));
        }));
        reveal(Caller.with(ada.caller().orgId(), null, token), id(), "groq")
                .then()
                .statusCode(200);
        var record = AuditTrail.await(1, ada.caller().orgId(), "reveal").get(0);
        assertEquals(person.toString(), record.getString("actorId"));
    }

    @Test
    void rotating_encrypts_anew_and_keeps_the_key() {
        ada.caller().put(GROQ, Map.of("apiKey", CLEAR)).then().statusCode(201);
        var before = ciphertext();
        ada.caller()
                .post(GROQ + "/rotate", Map.of())
                .then()
                .log()
                .ifValidationFails()
                .statusCode(200)
                .body("last4", is("abcd"));
        assertNotEquals(before, ciphertext());
        reveal(voice(), id(), "groq").then().body("apiKey", is(CLEAR));
    }

    @Test
    void a_moved_key_does_not_open() {
        ada.caller().put(GROQ, Map.of("apiKey", CLEAR)).then().statusCode(201);
        ada.caller()
                .put("/api/api-keys/openai", Map.of("apiKey", "sk-another-key"))
                .then()
                .statusCode(201);
        var globex = Person.signUp();
        globex.caller().put(GROQ, Map.of("apiKey", "gsk_of_globex")).then().statusCode(201);
        Sql.superuser()
                .run("update api_keys set ciphertext = (select ciphertext from api_keys where user_id = '" + id()
                        + "' and provider = 'groq') where provider = 'openai' and user_id = '" + id()
                        + "' or user_id = '"
                        + globex.caller().id() + "'");
        reveal(voice(), id(), "openai").then().statusCode(500);
        ada.caller()
                .put("/api/api-keys/openai", Map.of("apiKey", "sk-another-key"))
                .then()
                .statusCode(200);
        reveal(
                        Caller.service("voice-service", globex.caller().orgId()),
                        globex.caller().id(),
                        "groq")
                .then()
                .statusCode(500);
        Sql.superuser()
                .run("update api_keys set provider = 'azure' where provider = 'groq' and user_id = '" + id() + "'");
        reveal(voice(), id(), "azure").then().statusCode(500);
        Sql.superuser()
                .run("update api_keys set provider = 'groq', id = gen_random_uuid()"
                        + " where provider = 'azure' and user_id = '" + id() + "'");
        reveal(voice(), id(), "groq").then().statusCode(500);
        var grace = ada.invite("agent").caller().id();
        Sql.superuser()
                .run("update api_keys set user_id = '" + grace + "' where provider = 'openai' and user_id = '" + id()
                        + "'");
        reveal(voice(), grace, "openai").then().statusCode(500);
        assertEquals(
                List.of(),
                Sql.superuser()
                        .column("select 1 from outbox where event ->> 'action' = 'reveal' and org_id = '"
                                + ada.caller().orgId() + "'"),
                "what was not shown is not recorded as shown");
    }

    @Test
    void not_even_the_service_changes_the_owner_of_a_key() {
        ada.caller().put(GROQ, Map.of("apiKey", CLEAR)).then().statusCode(201);
        var grace = ada.invite("agent").caller().id();
        var key = " where user_id = '" + id() + "'";
        assertEquals(1, ada.sql().run("update api_keys set last_used_at = now()" + key));
        for (var change : List.of("user_id = '" + grace + "'", "provider = 'azure'", "org_id = gen_random_uuid()")) {
            var refused = assertThrows(SqlRefusal.class, () -> ada.sql().run("update api_keys set " + change + key));
            assertTrue(refused.getMessage().contains("permission denied"), refused.getMessage());
        }
    }

    @Test
    void a_key_that_does_not_open_holds_up_no_renewal() {
        Number version = ada.caller().put(GROQ, Map.of("apiKey", CLEAR)).path("keyVersion");
        ada.caller().put("/api/api-keys/azure", Map.of("apiKey", CLEAR)).then().statusCode(201);
        var own = "user_id = '" + id() + "'";
        Sql.superuser().run("update api_keys set ciphertext = '\\x00' where provider = 'azure' and " + own);
        var place = "user_id || '/' || provider || '/' || id";
        var groq = new SealedRows("api_keys", "ciphertext", "org_id", place, "provider = 'groq' and " + own);
        groq.sealUnderOldKey();
        await().until(() -> groq.outdated() == 0);
        assertEquals(
                List.of("0"),
                Sql.superuser().column("select key_version from api_keys where provider = 'azure' and " + own));
        reveal(voice(), id(), "groq").then().statusCode(200).body("apiKey", is(CLEAR));
        ada.caller().get("/api/api-keys").then().body("items.keyVersion", hasItem(version));
    }

    UUID id() {
        return ada.caller().id();
    }

    Caller voice() {
        return Caller.service("voice-service", ada.caller().orgId());
    }

    String ciphertext() {
        return Sql.superuser()
                .column("select ciphertext from api_keys where provider = 'groq' and user_id = '" + id() + "'")
                .get(0);
    }

    static Response reveal(Caller caller, UUID userId, String provider) {
        return caller.request()
                .urlEncodingEnabled(false)
                .post("/internal/api-keys/" + userId + "/" + provider + ":reveal");
    }
}
