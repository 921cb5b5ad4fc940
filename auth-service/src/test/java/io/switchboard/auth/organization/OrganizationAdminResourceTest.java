package io.switchboard.auth.organization;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.auth.AuthSettings;
import io.switchboard.auth.Person;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.test.AuditTrail;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(AuthSettings.class)
class OrganizationAdminResourceTest {
    final Caller operator = Person.operator();

    @Test
    void operators_page_through_all_organizations_the_newest_first() {
        var older = Person.signUp();
        var newer = Person.signUp();
        var ids = new ArrayList<String>();
        String cursor = "";
        do {
            var page = operator.get("/api/organizations?limit=2&cursor=" + cursor);
            page.then().statusCode(200);
            ids.addAll(page.path("items.id"));
            cursor = page.path("nextCursor");
        } while (cursor != null && ids.size() < 1000);
        assertEquals(List.of(org(newer), org(older)), ids.subList(0, 2));
        assertTrue(ids.contains(CallerContext.PLATFORM.toString()));
        assertEquals(ids.size(), ids.stream().distinct().count());
        newer.caller().get("/api/organizations").then().statusCode(403);
    }

    @Test
    void an_organization_is_created_with_its_admin_invited() {
        var email = "boss-" + UUID.randomUUID() + "@example.com";
        var founded = operator.post("/api/organizations", Map.of("name", "Initech", "adminEmail", email));
        founded.then()
                .log()
                .ifValidationFails()
                .statusCode(201)
                .header("Location", endsWith("/api/organizations/" + founded.path("id")))
                .body("name", is("Initech"))
                .body("status", is("active"))
                .body("invitation.email", is(email))
                .body("invitation.role", is("admin"));
        var joined = Person.post(
                "/api/invitations/accept",
                Map.of(
                        "token",
                        founded.path("invitation.token"),
                        "password",
                        Person.PASSWORD,
                        "fullName",
                        "Bill Lumbergh"));
        joined.then().statusCode(201).body("user.role", is("admin")).body("user.orgId", is(founded.<String>path("id")));
        for (var table : List.of("organizations", "invitations")) {
            var created = AuditTrail.await(
                    UUID.fromString(founded.path("id")), "create", event -> event.getString("resourceType")
                            .equals(table));
            assertEquals(operator.id().toString(), created.getString("actorId"));
            assertEquals("user", created.getString("actorType"));
        }
        operator.get("/api/organizations/" + founded.path("id"))
                .then()
                .statusCode(200)
                .body("slug", is(founded.<String>path("slug")))
                .body("timeZone", is("UTC"));
    }

    @Test
    void a_repeated_request_creates_one_organization() {
        var key = UUID.randomUUID().toString();
        var ids = List.of(found(key), found(key));
        assertEquals(ids.get(0), ids.get(1));
        // In one transaction: whatever is killed between the two, both are there or neither.
        assertEquals(
                Sql.superuser().column("select xmin from organizations where id = '" + ids.get(0) + "'"),
                Sql.superuser().column("select xmin from idempotency_keys where key = '" + key + "'"));
    }

    @Test
    void a_refused_organization_is_not_created() {
        var taken = Person.signUp().email();
        var name = "Initrode " + UUID.randomUUID();
        operator.post("/api/organizations", Map.of("name", name, "adminEmail", taken))
                .then()
                .statusCode(409)
                .body("type", endsWith("email_taken"));
        assertEquals(List.of(), Sql.superuser().column("select id from organizations where name = '" + name + "'"));
        operator.post("/api/organizations", Map.of("name", name, "adminEmail", "nobody"))
                .then()
                .statusCode(422);
        operator.post("/api/organizations", Map.of("name", " ")).then().statusCode(422);
        operator.post("/api/organizations", Map.of("name", name, "slug", "mine"))
                .then()
                .statusCode(400);
        operator.post("/api/organizations", Map.of("name", name))
                .then()
                .statusCode(201)
                .body("invitation", nullValue());
    }

    @Test
    void suspending_an_organization_ends_every_way_in() {
        var acme = Person.signUp();
        var client = acme.addClient();
        String session = pin(client).path("sessionToken");
        String invitation = acme.caller()
                .post(
                        "/api/invitations",
                        Map.of("email", "late-" + UUID.randomUUID() + "@example.com", "role", "agent"))
                .path("token");
        operator.patch(path(acme), Map.of("status", "suspended"))
                .then()
                .statusCode(200)
                .body("status", is("suspended"));
        acme.logIn(Person.PASSWORD, Map.of()).then().statusCode(401);
        refresh(acme).then().statusCode(401);
        pin(client).then().statusCode(401);
        validate(session).then().statusCode(401);
        Person.post(
                        "/api/invitations/accept",
                        Map.of("token", invitation, "password", Person.PASSWORD, "fullName", "Late"))
                .then()
                .statusCode(404);
        var event = AuditTrail.await(acme.caller().orgId(), "update", update -> update.getString("resourceType")
                .equals("organizations"));
        assertEquals(operator.id().toString(), event.getString("actorId"));
        operator.patch(path(acme), Map.of("status", "active", "name", "Acme Reborn"))
                .then()
                .statusCode(200)
                .body("name", is("Acme Reborn"))
                .header("ETag", notNullValue());
        refresh(acme).then().statusCode(401);
        validate(session).then().statusCode(401);
        acme.logIn(Person.PASSWORD, Map.of()).then().statusCode(200);
        pin(client).then().statusCode(200);
    }

    @Test
    void suspending_during_a_sign_in_refuses_it() {
        var acme = Person.signUp();
        var pin = acme.addClient().get("pin");
        var families =
                "select count(*) from refresh_families where revoked_at is null and org_id = '" + org(acme) + "'";
        var sessions = "select count(*) from client_sessions where org_id = '" + org(acme) + "'";
        var change = "update organizations set status = '%s' where id = '" + org(acme) + "'";
        Sql.superuser()
                .runDuring(change.formatted("suspended"), () -> acme.logIn(Person.PASSWORD, Map.of()))
                .then()
                .statusCode(401);
        assertEquals(List.of("0"), Sql.superuser().column(families));
        Sql.superuser().run(change.formatted("active"));
        Sql.superuser()
                .runDuring(change.formatted("suspended"), () -> Person.post("/api/auth/pin", Map.of("pin", pin)))
                .then()
                .statusCode(401);
        assertEquals(List.of("0"), Sql.superuser().column(sessions));
    }

    @Test
    void the_platform_cannot_be_suspended() {
        operator.patch("/api/organizations/" + CallerContext.PLATFORM, Map.of("status", "suspended"))
                .then()
                .statusCode(422)
                .body("type", endsWith("platform_stays_active"));
        operator.patch("/api/organizations/" + UUID.randomUUID(), Map.of("name", "x"))
                .then()
                .statusCode(404)
                .body("type", endsWith("organization_not_found"));
        var acme = Person.signUp();
        operator.patch(path(acme), Map.of("status", "closed")).then().statusCode(422);
        operator.patch(path(acme), Map.of("timeZone", "UTC")).then().statusCode(400);
        operator.request()
                .header("If-Match", "\"9\"")
                .contentType("application/merge-patch+json")
                .body(Map.of("name", "Late"))
                .patch(path(acme))
                .then()
                .statusCode(412);
        operator.get("/api/organizations?limit=0").then().statusCode(400);
        operator.get("/api/organizations?limit=1").then().body("items", hasSize(1));
    }

    String found(String key) {
        return operator.request()
                .header("Idempotency-Key", key)
                .body(Map.of("name", "Once"))
                .post("/api/organizations")
                .path("id");
    }

    static String org(Person person) {
        return person.caller().orgId().toString();
    }

    static String path(Person person) {
        return "/api/organizations/" + org(person);
    }

    static io.restassured.response.Response pin(Map<String, String> client) {
        return Person.post("/api/auth/pin", Map.of("pin", client.get("pin")));
    }

    static io.restassured.response.Response refresh(Person person) {
        return Person.post("/api/auth/refresh", Map.of("refreshToken", person.refreshToken()));
    }

    static io.restassured.response.Response validate(String token) {
        return given().header("Authorization", "Bearer " + token).get("/api/auth/session");
    }
}
