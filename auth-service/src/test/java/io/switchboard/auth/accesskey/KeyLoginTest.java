package io.switchboard.auth.accesskey;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.switchboard.auth.AuthSettings;
import io.switchboard.auth.OwnAddress;
import io.switchboard.auth.Person;
import io.switchboard.auth.throttle.Counter;
import io.switchboard.auth.token.AddressedToken;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.test.AuditTrail;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.Jws;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(AuthSettings.class)
class KeyLoginTest {
    Person acme;
    Response key;

    @BeforeEach
    void createKey() {
        acme = Person.signUp();
        key = acme.caller().post("/api/access-keys", Map.of("name", "Nightly", "role", "admin"));
    }

    @Test
    void a_key_is_taken_as_form_as_basic_and_as_bearer() throws Exception {
        var asForm = form().post("/oauth2/token");
        asForm.then()
                .log()
                .ifValidationFails()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body("token_type", is("Bearer"))
                .body("expires_in", both(greaterThan(240)).and(lessThanOrEqualTo(300)));
        var basic = given().auth()
                .preemptive()
                .basic(key.path("clientId"), key.path("clientSecret"))
                .formParam("grant_type", "client_credentials")
                .post("/oauth2/token");
        basic.then().statusCode(200);
        bearer(key.path("key"))
                .formParam("grant_type", "client_credentials")
                .post("/oauth2/token")
                .then()
                .statusCode(200);
        bearer(key.path("key")).post("/oauth2/token").then().statusCode(200);
        var claims = Jws.claims(asForm.path("access_token"));
        assertEquals(key.path("id"), claims.getString("sub"));
        assertEquals(List.of("admin"), claims.getJsonArray("groups").getList());
        assertEquals("switchboard", claims.getString("aud"));
        assertEquals(acme.caller().orgId().toString(), claims.getString("org_id"));
        assertEquals(300, claims.getLong("exp") - claims.getLong("iat"));
        assertNull(claims.getValue("azp"));
        acme.caller().get("/api/access-keys").then().body("items[0].lastUsedAt", notNullValue());
        for (var counter : List.of(
                Counter.of(limits -> limits.accessKeyId(key.path("clientId"))),
                Counter.of(limits -> limits.address(OwnAddress.current())))) {
            assertEquals(
                    List.of(),
                    Sql.superuser().column("select 1 from login_attempts where recent <> '{}' and " + counter));
        }
    }

    @Test
    void it_acts_in_its_role_and_the_trail_names_it() {
        var machine = machine();
        machine.get("/api/clients").then().statusCode(200);
        machine.get("/api/me").then().statusCode(403).body("type", endsWith("people_only"));
        machine.post("/api/clients", Map.of("companyName", "Globex", "contactEmail", "it@globex.example"))
                .then()
                .log()
                .ifValidationFails()
                .statusCode(201);
        AuditTrail.await(
                1,
                event -> event.getString("resourceType").equals("clients")
                        && key.path("id").equals(event.getString("actorId")));
    }

    @Test
    void what_belongs_to_people_is_refused_though_its_role_may_do_it() {
        var machine = machine();
        var user = "/api/users/" + acme.invite("agent").caller().id();
        var answers = List.of(
                machine.post("/api/access-keys", Map.of("name", "Another", "role", "admin")),
                machine.delete("/api/access-keys/" + key.path("id")),
                machine.delete(user + "/totp"),
                machine.request().post(user + "/unlock"),
                machine.patch(user, Map.of("role", "admin")),
                machine.delete(user),
                machine.patch("/api/organization", Map.of("requireTotp", false)),
                machine.put("/api/api-keys/groq", Map.of("apiKey", "gsk_0123456789")),
                machine.post("/api/invitations", Map.of("email", "eve@example.com", "role", "admin")));
        answers.forEach(answer ->
                answer.then().log().ifValidationFails().statusCode(403).body("type", endsWith("people_only")));
        machine.get(user).then().statusCode(200).body("role", is("agent"));
        acme.caller().get("/api/access-keys").then().body("items", hasSize(1));
    }

    @Test
    void it_asks_for_nothing_but_itself() {
        for (var name : List.of("org_id", "resource", "on_behalf_of")) {
            var value = name.equals("org_id")
                    ? UUID.randomUUID().toString()
                    : name.equals("resource")
                            ? "crm-service"
                            : "{\"sub\": \"" + UUID.randomUUID() + "\", \"groups\": [\"admin\"]}";
            form().formParam(name, value)
                    .post("/oauth2/token")
                    .then()
                    .statusCode(400)
                    .body("error", is("invalid_request"));
        }
        form().formParam("grant_type", "password").post("/oauth2/token").then().statusCode(400);
        bearer(key.path("key"))
                .formParam("grant_type", "password")
                .post("/oauth2/token")
                .then()
                .statusCode(400)
                .body("error", is("unsupported_grant_type"));
    }

    @Test
    void all_refused_keys_get_one_answer_and_are_recorded() {
        refused(key.path("clientId"), key.<String>path("clientId"));
        refused(key.path("clientId"), "");
        Sql.superuser().run("update access_keys set expires_at = now() where id = '" + key.path("id") + "'");
        refused(key.path("clientId"), key.path("clientSecret"));
        Sql.superuser()
                .run("update access_keys set expires_at = now() + interval '1 day' where id = '" + key.path("id")
                        + "'");
        Sql.superuser()
                .run("update organizations set status = 'suspended' where id = '"
                        + acme.caller().orgId() + "'");
        refused(key.path("clientId"), key.path("clientSecret"));
        Sql.superuser()
                .run("update organizations set status = 'active' where id = '"
                        + acme.caller().orgId() + "'");
        // The suspension has ended the admin's sign-in, too.
        Person.in("admin", acme.caller().orgId())
                .delete("/api/access-keys/" + key.path("id"))
                .then()
                .statusCode(204);
        refused(key.path("clientId"), key.path("clientSecret"));
        var records = AuditTrail.await(
                4,
                event -> event.getString("outcome").equals("failure")
                        && event.getString("orgId").equals(acme.caller().orgId().toString()));
        records.forEach(record -> {
            assertEquals("access_keys", record.getString("resourceType"));
            assertEquals(key.path("id"), record.getString("resourceId"));
            assertFalse(record.encode().contains(key.<String>path("clientId")), "shortened");
        });
    }

    @Test
    void what_is_no_key_is_recorded_under_the_platform() {
        var nobody = UUID.randomUUID().toString();
        refused(nobody, "x");
        refused(AddressedToken.address(acme.caller().orgId(), UUID.randomUUID()), "x");
        bearer("no key at all").post("/oauth2/token").then().statusCode(401).body("error", is("invalid_client"));
        bearer(".").post("/oauth2/token").then().statusCode(401);
        var record = AuditTrail.await(1, event -> event.encode().contains(nobody.substring(0, 16)))
                .get(0);
        assertEquals(CallerContext.PLATFORM.toString(), record.getString("orgId"));
        assertEquals("service_accounts", record.getString("resourceType"));
        assertFalse(record.encode().contains(nobody), "shortened");
    }

    @Test
    void wrong_secrets_are_throttled_but_the_right_one_still_works() {
        for (int i = 0; i < 10; i++) {
            refused(key.path("clientId"), "wrong" + i);
        }
        bearer(key.<String>path("clientId") + ".wrong")
                .post("/oauth2/token")
                .then()
                .statusCode(429)
                .header("Retry-After", notNullValue())
                .body("type", endsWith("too_many_attempts"));
        form().post("/oauth2/token").then().statusCode(200);
        service(AuthSettings.CRM_SECRET).then().statusCode(200);
        service("wrong").then().statusCode(429);
        service(AuthSettings.CRM_SECRET).then().statusCode(200);
    }

    @Test
    void its_last_use_is_written_down_once_a_minute() {
        form().post("/oauth2/token").then().statusCode(200);
        var first = lastUsed();
        form().post("/oauth2/token").then().statusCode(200);
        assertEquals(first, lastUsed());
        Sql.superuser().run("update access_keys set last_used_at = now() - interval '2 minutes'");
        form().post("/oauth2/token").then().statusCode(200);
        assertTrue(lastUsed().compareTo(first) >= 0);
    }

    @Test
    void sign_ins_are_recorded_with_origin_and_repetitions_once() {
        for (var agent : List.of("nightly", "nightly", "somebody else", "nightly")) {
            form().header("User-Agent", agent).post("/oauth2/token").then().statusCode(200);
        }
        Sql.superuser()
                .run("update access_keys set last_used_at = now() - interval '59 seconds' where id = '" + key.path("id")
                        + "'");
        form().header("User-Agent", "nightly").post("/oauth2/token").then().statusCode(200);
        refused(key.path("clientId"), "wrong");
        var signIns = AuditTrail.await(5, this::isSignIn);
        assertEquals(
                List.of("nightly", "somebody else", "nightly", "nightly"),
                signIns.stream()
                        .filter(event -> event.getString("outcome").equals("success"))
                        .sorted(Comparator.comparing(event -> event.getString("id")))
                        .map(event -> event.getString("userAgent"))
                        .toList());
        assertEquals(5, signIns.size());
        var first = signIns.stream()
                .filter(event -> event.getString("outcome").equals("success"))
                .findFirst()
                .orElseThrow();
        assertEquals(acme.caller().orgId().toString(), first.getString("orgId"));
        assertEquals(key.path("id"), first.getString("actorId"));
        assertEquals(OwnAddress.current(), first.getString("ipAddress"));
    }

    boolean isSignIn(JsonObject event) {
        return event.getString("action").equals("login")
                && event.getString("resourceType").equals("access_keys")
                && key.path("id").equals(event.getString("resourceId"));
    }

    RequestSpecification form() {
        return credentials(key.path("clientId"), key.path("clientSecret"));
    }

    Caller machine() {
        return Caller.with(
                acme.caller().orgId(), null, form().post("/oauth2/token").path("access_token"));
    }

    String lastUsed() {
        return Sql.superuser()
                .column("select last_used_at from access_keys where id = '" + key.path("id") + "'")
                .get(0);
    }

    static RequestSpecification bearer(String token) {
        return given().header("Authorization", "Bearer " + token);
    }

    static RequestSpecification credentials(String id, String secret) {
        return given().formParam("grant_type", "client_credentials")
                .formParam("client_id", id)
                .formParam("client_secret", secret);
    }

    static Response service(String secret) {
        return credentials("crm-service", secret)
                .formParam("resource", "audit-service")
                .post("/oauth2/token");
    }

    static void refused(String id, String secret) {
        credentials(id, secret)
                .post("/oauth2/token")
                .then()
                .log()
                .ifValidationFails()
                .statusCode(401)
                .header("WWW-Authenticate", "Basic")
                .body("error", is("invalid_client"));
    }
}
