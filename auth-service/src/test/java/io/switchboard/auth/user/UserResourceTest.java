package io.switchboard.auth.user;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.auth.AuthSettings;
import io.switchboard.auth.OwnAddress;
import io.switchboard.auth.Person;
import io.switchboard.kit.test.AuditTrail;
import io.switchboard.kit.test.PeerRequests;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(AuthSettings.class)
class UserResourceTest {
    Person acme;

    @BeforeEach
    void signUp() {
        acme = Person.signUp();
    }

    @Test
    void admins_list_their_users_newest_first() {
        var agent = acme.invite("agent");
        Person.signUp();
        var page = acme.caller().get("/api/users?limit=1");
        page.then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].id", is(id(agent)))
                .body("items[0].isActive", is(true))
                .body("items[0].passwordHash", nullValue())
                .body("nextCursor", notNullValue());
        acme.caller()
                .get("/api/users?limit=1&cursor=" + page.path("nextCursor"))
                .then()
                .statusCode(200)
                .body("items.id", contains(id(acme)))
                .body("nextCursor", nullValue());
        agent.caller().get("/api/users").then().statusCode(403);
    }

    @Test
    void a_list_is_filtered() {
        var agent = acme.invite("agent");
        var customer = acme.invite("customer");
        patch(customer, Map.of("isActive", false)).statusCode(200);
        acme.caller().get("/api/users?role=agent").then().body("items.id", contains(id(agent)));
        acme.caller().get("/api/users?isActive=false").then().body("items.id", contains(id(customer)));
        acme.caller().get("/api/users?isActive=true&role=").then().body("items.id", contains(id(agent), id(acme)));
        acme.caller().get("/api/users?q=HOPPER").then().body("items.id", containsInAnyOrder(id(agent), id(customer)));
        acme.caller().get("/api/users?q=" + acme.email().substring(2)).then().body("items.id", contains(id(acme)));
        acme.caller().get("/api/users?q=%25").then().statusCode(200).body("items", hasSize(0));
        acme.caller().get("/api/users?role=owner").then().statusCode(400).body("type", endsWith("invalid_filter"));
        acme.caller().get("/api/users?isActive=perhaps").then().statusCode(400);
        acme.caller().get("/api/users?q=" + "x".repeat(300)).then().statusCode(400);
    }

    @Test
    void a_role_counts_from_the_next_refresh_on() {
        var agent = acme.invite("agent");
        patch(agent, Map.of("role", "user"))
                .statusCode(200)
                .body("role", is("user"))
                .header("ETag", "\"1\"");
        var refreshed = Person.post("/api/auth/refresh", Map.of("refreshToken", agent.refreshToken()));
        refreshed.then().statusCode(200);
        assertEquals("user", role(refreshed.path("accessToken")));
        var change = AuditTrail.await(
                acme.caller().orgId(),
                "update",
                event -> event.getString("resourceId").equals(id(agent))
                        && event.getJsonObject("oldData").containsKey("role"));
        assertEquals("agent", change.getJsonObject("oldData").getString("role"));
        assertEquals(id(acme), change.getString("actorId"));
        assertEquals(OwnAddress.current(), change.getString("ipAddress"));
        assertTrue(change.getString("userAgent").startsWith("Apache-HttpClient"), change.toString());
    }

    @Test
    void a_switched_off_user_is_signed_out_and_cannot_sign_in() {
        var agent = acme.invite("agent");
        patch(agent, Map.of("isActive", false)).statusCode(200).body("isActive", is(false));
        Person.post("/api/auth/refresh", Map.of("refreshToken", agent.refreshToken()))
                .then()
                .statusCode(401);
        agent.logIn(Person.PASSWORD, Map.of()).then().statusCode(401);
        patch(agent, Map.of("isActive", true)).statusCode(200);
        agent.logIn(Person.PASSWORD, Map.of()).then().statusCode(200);
    }

    @Test
    void admins_lower_limits_and_operators_raise_them() {
        var user = acme.invite("user");
        patch(user, Map.of("maxAgents", 1, "monthlyTokenQuota", 500))
                .statusCode(200)
                .body("maxAgents", is(1))
                .body("monthlyTokenQuota", is(500));
        patch(user, Map.of("maxAgents", 2)).statusCode(422).body("errors[0].field", is("maxAgents"));
        patch(user, Map.of("monthlyTokenQuota", 501)).statusCode(422).body("errors[0].field", is("monthlyTokenQuota"));
        patch(user, Map.of("maxAgents", -1)).statusCode(422);
        var operator = Person.operator();
        operator.patch(path(user), Map.of("maxAgents", 40, "monthlyTokenQuota", 3_000_000_000L))
                .then()
                .statusCode(200)
                .body("maxAgents", is(40));
        operator.get(path(user)).then().statusCode(200).body("monthlyTokenQuota", is(3_000_000_000L));
        PeerRequests.await(2, "/internal/members/" + id(user), call -> call.getString("body")
                .contains("3000000000"));
        var raised = AuditTrail.await(acme.caller().orgId(), "update", event -> operator.id()
                .toString()
                .equals(event.getString("actorId")));
        assertEquals("user", raised.getString("actorType"));
        assertEquals(40, raised.getJsonObject("newData").getInteger("max_agents"));
    }

    @Test
    void fields_that_admins_do_not_decide_are_refused() {
        var agent = acme.invite("agent");
        patch(agent, Map.of("role", "platform_admin")).statusCode(422).body("errors[0].field", is("role"));
        patch(agent, Map.of("role", "client")).statusCode(422);
        acme.caller()
                .request()
                .contentType("application/merge-patch+json")
                .body("{\"role\": null}")
                .patch(path(agent))
                .then()
                .statusCode(422);
        for (var field : List.of("subscriptionTier", "orgId", "email", "password", "passwordHash")) {
            patch(agent, Map.of(field, "pro")).statusCode(400).body("type", endsWith("unknown_field"));
        }
        acme.caller()
                .request()
                .header("If-Match", "\"7\"")
                .contentType("application/merge-patch+json")
                .body(Map.of("isActive", false))
                .patch(path(agent))
                .then()
                .statusCode(412);
        acme.caller()
                .request()
                .header("If-Match", "\"7\"")
                .delete(path(agent))
                .then()
                .statusCode(412);
        patch(agent, Map.of()).statusCode(200).body("role", is("agent"));
    }

    @Test
    void users_of_another_organization_are_not_found() {
        var stranger = Person.signUp();
        acme.caller().get(path(stranger)).then().statusCode(404).body("type", endsWith("user_not_found"));
        patch(stranger, Map.of("isActive", false)).statusCode(404);
        acme.caller().delete(path(stranger)).then().statusCode(404);
        acme.caller().post(path(stranger) + "/unlock", Map.of()).then().statusCode(404);
        Person.operator().get("/api/users/" + UUID.randomUUID()).then().statusCode(404);
        Person.operator().delete(path(stranger)).then().statusCode(403);
        stranger.logIn(Person.PASSWORD, Map.of()).then().statusCode(200);
    }

    @Test
    void deleting_a_user_is_pushed_to_the_peers() {
        var admin = acme.invite("admin");
        var invited = admin.invite("agent");
        acme.caller().delete(path(admin)).then().statusCode(204);
        acme.caller().get(path(admin)).then().statusCode(404);
        admin.logIn(Person.PASSWORD, Map.of()).then().statusCode(401);
        Person.post("/api/auth/refresh", Map.of("refreshToken", admin.refreshToken()))
                .then()
                .statusCode(401);
        acme.caller().get(path(invited)).then().statusCode(200);
        acme.caller().get("/api/invitations").then().statusCode(200).body("items", hasSize(2));
        var told = PeerRequests.await(2, "/internal/members/" + id(admin), call -> !active(call));
        told.forEach(call -> assertEquals(1, body(call).getInteger("version")));
        var deleted = AuditTrail.await(acme.caller().orgId(), "delete", event -> event.getString("resourceType")
                .equals("users"));
        assertEquals(id(admin), deleted.getString("resourceId"));
        assertFalse(deleted.encode().contains("$argon2id$"));
        for (var table : List.of("refresh_families", "device_tokens", "subscriptions")) {
            var left = Sql.superuser().column("select id from " + table + " where user_id = '" + id(admin) + "'");
            assertTrue(left.isEmpty(), table);
        }
        Person.post("/api/auth/signup", Person.signUpForm(admin.email())).then().statusCode(201);
    }

    @Test
    void an_admin_unlocks_a_user() {
        var agent = acme.invite("agent");
        for (int i = 0; i < 10; i++) {
            agent.logIn("wrong, and wrong again", Map.of()).then().statusCode(401);
        }
        OwnAddress.next();
        agent.logIn(Person.PASSWORD, Map.of()).then().statusCode(429);
        acme.caller().request().post(path(agent) + "/unlock").then().statusCode(204);
        agent.logIn(Person.PASSWORD, Map.of()).then().statusCode(200);
        var unlock = AuditTrail.await(1, acme.caller().orgId(), "unlock").get(0);
        assertEquals(id(agent), unlock.getString("resourceId"));
        assertEquals(id(acme), unlock.getString("actorId"));
        acme.caller().request().post(path(agent) + "/unlock").then().statusCode(204);
    }

    @Test
    void unlocking_a_user_also_unlocks_known_devices() {
        var agent = acme.invite("agent");
        var device = Map.of("deviceToken", agent.deviceToken());
        agent.logIn("wrong, and wrong again", device).then().statusCode(401);
        Sql.superuser().run("update login_attempts set in_a_row = 20 where scope = 'device'");
        agent.logIn(Person.PASSWORD, device).then().statusCode(429);
        acme.caller().request().post(path(agent) + "/unlock").then().statusCode(204);
        var login = agent.logIn(Person.PASSWORD, device);
        login.then().statusCode(200);
        assertFalse(agent.deviceToken().equals(login.path("deviceToken")), "it is another device now");
        // A colleague's devices stay.
        acme.logIn(Person.PASSWORD, Map.of("deviceToken", acme.deviceToken()))
                .then()
                .statusCode(200)
                .body("deviceToken", is(acme.deviceToken()));
    }

    io.restassured.response.ValidatableResponse patch(Person person, Map<String, ?> patch) {
        return acme.caller().patch(path(person), patch).then().log().ifValidationFails();
    }

    static String path(Person person) {
        return "/api/users/" + id(person);
    }

    static String id(Person person) {
        return person.caller().id().toString();
    }

    static JsonObject body(JsonObject call) {
        return new JsonObject(call.getString("body"));
    }

    static boolean active(JsonObject call) {
        return body(call).getBoolean("isActive");
    }

    static String role(String token) {
        var claims = new String(java.util.Base64.getUrlDecoder().decode(token.split("\\.")[1]));
        return new JsonObject(claims).getJsonArray("groups").getString(0);
    }
}
