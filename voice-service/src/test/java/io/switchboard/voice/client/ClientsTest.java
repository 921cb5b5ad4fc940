package io.switchboard.voice.client;

import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.request.Origin;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PeerRequests;
import io.switchboard.kit.test.Sql;
import io.switchboard.voice.VoiceProfile;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** PIN clients come from the local copy, and from auth-service if they have not arrived yet. */
@QuarkusTest
@TestProfile(VoiceProfile.class)
class ClientsTest {
    @Inject
    Clients clients;

    final Caller acme = Caller.adminOfNewOrg();
    final Caller client = acme.colleague("client");
    final UUID id = client.id();

    @Test
    void a_missing_client_is_fetched_and_kept() {
        PeerRequests.answer(path(id), 200, form("Globex", true, 3).encode());
        assertEquals(new Client(id, "Globex", true), find(id));
        find(id);
        assertEquals(1, PeerRequests.to(path(id)).size());
        assertEquals("GET", PeerRequests.to(path(id)).get(0).getString("method"));
    }

    @Test
    void the_newest_version_wins() {
        push("Globex", true, 3);
        push("Globex of old", true, 2);
        assertEquals("Globex", find(id).companyName());
        push("Globex AG", false, 4);
        assertEquals(new Client(id, "Globex AG", false), find(id));
        assertEquals(0, PeerRequests.to(path(id)).size());
    }

    @Test
    void an_id_that_is_no_client_s_is_refused() {
        PeerRequests.answer(path(id), 404);
        var refusal = assertThrows(Problem.class, () -> find(id));
        assertEquals(422, refusal.status());
        assertEquals("clientId", refusal.errors().get(0).field());
        push("Globex", true, 1);
        var stranger = CallerContext.Value.user(UUID.randomUUID(), UUID.randomUUID(), "admin", Origin.worker());
        assertThrows(
                Problem.class,
                () -> clients.find(stranger, "clientId", id).await().indefinitely());
    }

    @Test
    void known_clients_are_found_while_auth_service_is_away() {
        PeerRequests.answer(path(id), 503);
        assertEquals(503, assertThrows(Problem.class, () -> find(id)).status());
        PeerRequests.answer(path(id), 200, "{\"companyName\": \"half\"}");
        assertEquals(503, assertThrows(Problem.class, () -> find(id)).status());
        push("Globex", false, 1);
        PeerRequests.answer(path(id), 503);
        assertFalse(find(id).isActive());
    }

    @Test
    void a_client_that_is_switched_off_sees_no_calls() {
        Sql.superuser()
                .run("insert into call_logs (org_id, provider, provider_call_id, started_at, client_id) values ('"
                        + acme.orgId() + "', 'vapi', 'c1', now(), '" + id + "')");
        var call = "/api/calls/" + acme.get("/api/calls").<String>path("items[0].id");
        client.get(call).then().statusCode(200);
        push("Globex", true, 1);
        client.get("/api/calls").then().statusCode(200).body("items.size()", is(1));
        push("Globex", false, 2);
        client.get("/api/calls").then().statusCode(200).body("items.size()", is(0));
        client.get(call).then().statusCode(404);
        acme.get("/api/calls?clientId=" + id).then().body("items.size()", is(1));
        push("Globex", true, 3);
        client.get(call).then().statusCode(200);
    }

    @Test
    void a_client_sees_only_its_own_copy() {
        push("Globex", true, 1);
        var seen = "select id from clients";
        assertEquals(1, as("client", id).column(seen).size());
        assertEquals(0, as("client", UUID.randomUUID()).column(seen).size());
        assertEquals(
                0,
                Sql.app(UUID.randomUUID(), UUID.randomUUID(), "admin")
                        .column(seen)
                        .size());
    }

    @Test
    void a_copy_that_lacks_a_field_is_refused() {
        auth().put(path(id), Map.of("companyName", "Globex", "version", 1))
                .then()
                .statusCode(422)
                .body("errors[0].field", is("isActive"));
        acme.put(path(id), form("Globex", true, 1).getMap()).then().statusCode(403);
        Caller.service("crm-service", acme.orgId())
                .put(path(id), form("Globex", true, 1).getMap())
                .then()
                .statusCode(403);
    }

    private Sql as(String role, UUID clientId) {
        return Sql.superuser().caller(acme.orgId(), role).with("app.client_id", clientId);
    }

    private Client find(UUID one) {
        var caller = CallerContext.Value.user(acme.orgId(), acme.id(), "admin", Origin.worker());
        return clients.find(caller, "clientId", one).await().indefinitely();
    }

    private void push(String companyName, boolean isActive, int version) {
        auth().put(path(id), form(companyName, isActive, version).getMap())
                .then()
                .statusCode(204);
    }

    private Caller auth() {
        return Caller.service("auth-service", acme.orgId());
    }

    private static JsonObject form(String companyName, boolean isActive, int version) {
        return new JsonObject()
                .put("companyName", companyName)
                .put("isActive", isActive)
                .put("version", version);
    }

    private static String path(UUID id) {
        return "/internal/clients/" + id;
    }
}
