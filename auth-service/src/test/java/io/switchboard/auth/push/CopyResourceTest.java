package io.switchboard.auth.push;

import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.auth.AuthSettings;
import io.switchboard.auth.Person;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PeerRequests;
import io.switchboard.kit.test.PostgresResource;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What peers ask for says the same as what they are pushed. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(AuthSettings.class)
class CopyResourceTest {
    Person ada;
    Caller crm;

    @BeforeEach
    void signUp() {
        ada = Person.signUp();
        crm = Caller.service("crm-service", ada.caller().orgId());
    }

    @Test
    void a_member_is_shown_as_it_is_pushed() {
        var path = "/internal/members/" + ada.caller().id();
        var pushed = PeerRequests.await(
                        1, path, call -> call.getString("method").equals("PUT"))
                .get(0)
                .getString("body");
        var shown = crm.get(path);
        shown.then().statusCode(200);
        assertEquals(new JsonObject(pushed), new JsonObject(shown.asString()));
        Caller.service("voice-service", ada.caller().orgId()).get(path).then().statusCode(200);
    }

    @Test
    void settings_are_shown_as_they_are_pushed() {
        ada.caller()
                .patch("/api/organization", Map.of("timeZone", "Europe/Berlin"))
                .then()
                .statusCode(200);
        var closure = Map.of("from", "2026-12-24", "to", "2026-12-26", "name", "Christmas");
        ada.caller()
                .patch("/api/organization", Map.of("closures", List.of(closure)))
                .then()
                .statusCode(200);
        var organization = ada.caller().orgId().toString();
        var pushed = PeerRequests.await(
                        1,
                        "/internal/organization",
                        call -> call.getString("body").contains("Christmas")
                                && orgId(call).equals(organization))
                .get(0)
                .getString("body");
        var shown = crm.get("/internal/organization");
        shown.then().statusCode(200).body("closures", is(List.of(closure))).body("timeZone", is("Europe/Berlin"));
        assertEquals(new JsonObject(pushed), new JsonObject(shown.asString()));
    }

    @Test
    void a_client_is_shown_as_it_is_pushed_without_its_secrets() {
        var id = ada.addClient().get("id");
        var pushed = PeerRequests.await(1, "/internal/clients/" + id, call -> call.getString("method")
                        .equals("PUT"))
                .get(0)
                .getString("body");
        assertEquals(
                new JsonObject(pushed),
                new JsonObject(crm.get("/internal/clients/" + id).asString()));
        crm.get("/internal/clients/" + id)
                .then()
                .statusCode(200)
                .body("companyName", is("Globex"))
                .body("isActive", is(true))
                .body("version", is(0))
                .body("size()", is(3));
    }

    @Test
    void another_organization_has_none_of_them() {
        var stranger = Caller.service("crm-service", Person.signUp().caller().orgId());
        stranger.get("/internal/members/" + ada.caller().id()).then().statusCode(404);
        stranger.get("/internal/clients/" + ada.addClient().get("id")).then().statusCode(404);
        Caller.service("audit-service", ada.caller().orgId())
                .get("/internal/organization")
                .then()
                .statusCode(403);
        ada.caller().get("/internal/organization").then().statusCode(403);
    }

    private static String orgId(JsonObject call) {
        var payload = call.getString("authorization").split("\\.")[1];
        return new JsonObject(new String(java.util.Base64.getUrlDecoder().decode(payload))).getString("org_id");
    }
}
