package io.switchboard.auth.serviceaccount;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.switchboard.auth.AuthSettings;
import io.switchboard.auth.Person;
import io.switchboard.kit.test.Jws;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import io.switchboard.kit.token.RsaJwk;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(AuthSettings.class)
class TokenResourceTest {
    static final String CRM = "crm-service";

    @Test
    void a_service_gets_a_token_for_one_peer() throws Exception {
        var answer = asked(CRM, AuthSettings.CRM_SECRET)
                .formParam("resource", "audit-service")
                .post("/oauth2/token");
        answer.then()
                .log()
                .ifValidationFails()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body("token_type", is("Bearer"))
                .body("expires_in", both(greaterThan(240)).and(lessThanOrEqualTo(300)));
        var claims = verified(answer.path("access_token"));
        assertEquals("audit-service", claims.getString("aud"));
        assertEquals("crm-service", claims.getString("sub"));
        assertEquals("crm-service", claims.getString("azp"));
        assertEquals(List.of("service"), claims.getJsonArray("groups").getList());
        assertNull(claims.getValue("org_id"));
    }

    @Test
    void it_may_act_for_a_tenant_and_for_a_person() throws Exception {
        var org = UUID.randomUUID().toString();
        var person = UUID.randomUUID().toString();
        var answer = given().auth()
                .preemptive()
                .basic(CRM, AuthSettings.CRM_SECRET)
                .formParam("grant_type", "client_credentials")
                .formParam("resource", "voice-service")
                .formParam("org_id", org)
                .formParam("on_behalf_of", "{\"sub\": \"" + person + "\", \"groups\": [\"agent\"]}")
                .post("/oauth2/token");
        answer.then().statusCode(200);
        var claims = verified(answer.path("access_token"));
        assertEquals(org, claims.getString("org_id"));
        assertEquals(
                JsonObject.of("sub", person, "groups", JsonArray.of("agent")), claims.getJsonObject("on_behalf_of"));
    }

    @Test
    void refusals_are_those_of_the_rfc() {
        refused(asked(CRM, "wrong").formParam("resource", "audit-service"), 401, "invalid_client")
                .then()
                .header("WWW-Authenticate", "Basic");
        refused(asked("nobody", "wrong").formParam("resource", "audit-service"), 401, "invalid_client");
        refused(
                given().formParam("grant_type", "client_credentials").formParam("resource", "audit-service"),
                401,
                "invalid_client");
        refused(
                given().header("Authorization", "Basic !!!").formParam("grant_type", "client_credentials"),
                401,
                "invalid_client");
        refused(asked(CRM, AuthSettings.CRM_SECRET), 400, "invalid_target");
        refused(
                asked(CRM, AuthSettings.CRM_SECRET).formParam("resource", "https://evil.example"),
                400,
                "invalid_target");
        refused(given().formParam("grant_type", "password"), 400, "unsupported_grant_type");
        refused(given().formParam("resource", "audit-service"), 400, "invalid_request");
        refused(
                asked(CRM, AuthSettings.CRM_SECRET).formParam("resource", "audit-service", "crm-service"),
                400,
                "invalid_request");
        refused(
                asked(CRM, AuthSettings.CRM_SECRET)
                        .formParam("resource", "audit-service")
                        .formParam("org_id", "1"),
                400,
                "invalid_request");
        refused(
                asked(CRM, AuthSettings.CRM_SECRET)
                        .formParam("resource", "audit-service")
                        .formParam("on_behalf_of", "{}")
                        .formParam("org_id", UUID.randomUUID().toString()),
                400,
                "invalid_request");
        refused(
                asked(CRM, AuthSettings.CRM_SECRET)
                        .formParam("resource", "audit-service")
                        .formParam("scope", "everything"),
                400,
                "invalid_scope");
        given().contentType("application/json")
                .body("{}")
                .post("/oauth2/token")
                .then()
                .statusCode(415);
    }

    @Test
    void unknown_clients_are_refused_before_the_target_is_checked() {
        refused(asked(CRM, "wrong"), 401, "invalid_client");
        refused(asked(CRM, "wrong").formParam("resource", "https://evil.example"), 401, "invalid_client");
    }

    @Test
    void the_metadata_names_where_keys_and_tokens_are() {
        given().get("/.well-known/openid-configuration")
                .then()
                .statusCode(200)
                .body("issuer", is("http://issuer.test"))
                .body("jwks_uri", is("http://issuer.test/.well-known/jwks.json"))
                .body("token_endpoint", is("http://issuer.test/oauth2/token"))
                .body("grant_types_supported", hasItem("client_credentials"));
        given().get("/.well-known/jwks.json")
                .then()
                .statusCode(200)
                .body("keys[0].kty", is("RSA"))
                .body("keys[0].alg", is("RS256"))
                .body("keys[0].d", nullValue());
    }

    @Test
    void the_database_has_hashed_secrets_and_sealed_private_keys() {
        var rows = Sql.superuser()
                .column("select s::text from service_accounts s union all select k::text from signing_keys k");
        assertFalse(rows.toString().contains(AuthSettings.CRM_SECRET));
        // The plain form of a private key begins with its algorithm: rsaEncryption.
        var keys = Sql.superuser().column("select encode(private_key, 'hex') from signing_keys");
        keys.forEach(key -> assertFalse(key.contains("2a864886f70d010101")));
    }

    @Test
    void a_users_token_carries_role_and_plan() throws Exception {
        var claims = verified(Person.signUp().caller().token());
        assertEquals("switchboard", claims.getString("aud"));
        assertEquals("free", claims.getString("tier"));
        assertEquals(3, claims.getInteger("max_agents"));
        assertEquals(100_000L, claims.getLong("monthly_token_quota"));
        assertEquals(300, claims.getLong("exp") - claims.getLong("iat"));
    }

    static RequestSpecification asked(String id, String secret) {
        return given().formParam("grant_type", "client_credentials")
                .formParam("client_id", id)
                .formParam("client_secret", secret);
    }

    static Response refused(RequestSpecification request, int status, String error) {
        var answer = request.post("/oauth2/token");
        answer.then().log().ifValidationFails().statusCode(status).body("error", is(error));
        return answer;
    }

    /** The claims, once a published key has verified the signature. */
    static JsonObject verified(String token) throws GeneralSecurityException {
        var header = Jws.header(token);
        assertEquals("at+jwt", header.getString("typ"));
        var keys = new JsonObject(given().get("/.well-known/jwks.json").asString()).getJsonArray("keys");
        var key = keys.stream()
                .map(JsonObject.class::cast)
                .filter(jwk -> jwk.getString("kid").equals(header.getString("kid")))
                .map(RsaJwk::of)
                .findFirst()
                .orElseThrow();
        var signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(key.key());
        var end = token.lastIndexOf('.');
        signature.update(token.substring(0, end).getBytes(StandardCharsets.US_ASCII));
        assertTrue(signature.verify(Base64.getUrlDecoder().decode(token.substring(end + 1))));
        return Jws.claims(token);
    }
}
