package io.switchboard.voice.assistant;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.switchboard.kit.test.AuditTrail;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.Sql;
import io.switchboard.kit.test.SqlRefusal;
import io.switchboard.voice.People;
import io.switchboard.voice.VoiceProfile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a PIN client may change of its assistants: six fields. */
@QuarkusTest
@TestProfile(VoiceProfile.class)
class ClientEditTest {
    private static final Map<String, Object> SIX = Map.of(
            "displayName", "Globex desk",
            "firstMessage", "Globex, good morning.",
            "voice", "openai/nova",
            "model", "openai/gpt-4o",
            "evalMethod", "PassFail",
            "maxCallDuration", 120);

    private static final Map<String, Object> OTHERS = Map.of(
            "id",
            UUID.randomUUID(),
            "orgId",
            UUID.randomUUID(),
            "clientId",
            UUID.randomUUID(),
            "agentId",
            UUID.randomUUID(),
            "provider",
            "retell",
            "providerAssistantId",
            "a2",
            "isActive",
            false,
            "version",
            7,
            "createdAt",
            "2026-06-01T00:00:00Z",
            "updatedAt",
            "2026-06-01T00:00:00Z");

    final Caller acme = Caller.adminOfNewOrg();
    Caller client;
    String id;

    @BeforeEach
    void assignAssistant() {
        client = People.client(acme);
        id = People.assistant(acme, client.id(), Map.of("providerAssistantId", "a1"));
    }

    @Test
    void the_six_fields_go_through() {
        var changed = patch(client, SIX);
        changed.then().statusCode(200);
        SIX.forEach((field, value) -> changed.then().body(field, is(value)));
        acme.get(path()).then().body("voice", is("openai/nova")).body("isActive", is(true));
        var cleared = new HashMap<String, Object>();
        cleared.put("voice", null);
        patch(client, cleared).then().statusCode(200).body("voice", nullValue()).body("model", is("openai/gpt-4o"));
    }

    @Test
    void any_other_field_is_refused_by_name_and_nothing_changes() {
        var names = new ArrayList<>(columns());
        names.removeAll(SIX.keySet());
        assertTrue(names.containsAll(OTHERS.keySet()), names.toString());
        IntStream.range(0, 20).forEach(i -> names.add("madeUp" + i));
        names.addAll(List.of("DisplayName", "display_name", "systemPrompt", "ownerId", ""));
        var before = acme.get(path()).header("ETag");
        for (var name : names) {
            var value = OTHERS.getOrDefault(name, "x");
            refused(Map.of(name, value), name);
            refused(Map.of(name, value, "voice", "openai/nova"), name);
        }
        var alone = new HashMap<String, Object>();
        alone.put("agentId", null);
        refused(alone, "agentId");
        patch(client, Map.of("isActive", false, "agentId", UUID.randomUUID(), "voice", "x"))
                .then()
                .statusCode(403)
                .body("errors.field", containsInAnyOrder("isActive", "agentId"));
        assertEquals(before, acme.get(path()).header("ETag"));
        acme.get(path()).then().body("voice", nullValue());
    }

    @Test
    void values_out_of_range_are_invalid() {
        for (var wrong : List.<Map<String, ?>>of(
                Map.of("maxCallDuration", 9),
                Map.of("maxCallDuration", 43_201),
                Map.of("displayName", ""),
                Map.of("displayName", "x".repeat(121)),
                Map.of("firstMessage", "x".repeat(2_001)),
                Map.of("evalMethod", "x".repeat(101)))) {
            patch(client, wrong)
                    .then()
                    .statusCode(422)
                    .body("errors.field", contains(wrong.keySet().toArray()));
        }
        for (var wrong : List.of("1e400", "99999999999999999999", "1.5", "\"300\"", "[]")) {
            client.request()
                    .body("{\"maxCallDuration\": " + wrong + "}")
                    .patch(path())
                    .then()
                    .statusCode(400)
                    .body("type", endsWith("malformed_field"));
        }
    }

    @Test
    void another_clients_assistant_is_not_there() {
        patch(People.client(acme), SIX).then().statusCode(404);
        patch(Caller.of("client", UUID.randomUUID()), SIX).then().statusCode(404);
        People.putClient(client, false, 2);
        patch(client, SIX).then().statusCode(404);
    }

    @Test
    void a_client_that_has_seen_an_older_version_is_refused() {
        var seen = client.get(path()).header("ETag");
        patch(client, Map.of("voice", "openai/nova")).then().statusCode(200);
        client.request()
                .header("If-Match", seen)
                .body(Map.of("voice", "openai/alloy"))
                .patch(path())
                .then()
                .statusCode(412);
        acme.get(path()).then().body("voice", is("openai/nova"));
    }

    @Test
    void a_change_that_changes_nothing_is_no_new_version() {
        patch(client, SIX);
        var seen = client.get(path()).header("ETag");
        patch(client, SIX).then().statusCode(200).header("ETag", seen);
        patch(client, Map.of()).then().statusCode(200).header("ETag", seen);
    }

    @Test
    void the_audit_trail_names_the_client() {
        patch(client, Map.of("voice", "openai/nova"));
        var event = AuditTrail.await(
                acme.orgId(), "update", found -> "client_assistants".equals(found.getString("resourceType")));
        assertEquals("client", event.getString("actorType"));
        assertEquals(client.id().toString(), event.getString("actorId"));
        assertEquals("openai/nova", event.getJsonObject("newData").getString("voice"));
    }

    @Test
    void the_database_refuses_a_clients_other_changes() {
        var sql = Sql.superuser().caller(acme.orgId(), "client").with("app.client_id", client.id());
        for (var change : List.of("is_active = false", "provider_assistant_id = 'a2'", "created_at = now()")) {
            assertThrows(
                    SqlRefusal.class,
                    () -> sql.run("update client_assistants set " + change + " where id = '" + id + "'"));
        }
        var update = "select voice from update_assistant('" + id + "', 'Desk', null, 'openai/nova', null, null, 60)";
        assertEquals(List.of("openai/nova"), sql.column(update));
        assertEquals(1, sql.column("select id from get_client_assistants()").size());
        var other = Sql.superuser().caller(acme.orgId(), "client").with("app.client_id", UUID.randomUUID());
        assertEquals(List.of(), other.column(update));
        assertEquals(List.of(), other.column("select id from get_client_assistants('" + client.id() + "')"));
    }

    /** As on the wire. */
    private static List<String> columns() {
        return Sql.superuser()
                .column(
                        "select replace(lower(left(initcap(column_name), 1)) || substr(initcap(column_name), 2), '_', '')"
                                + " from information_schema.columns where table_schema = current_schema"
                                + " and table_name = 'client_assistants'");
    }

    private void refused(Map<String, ?> patch, String field) {
        patch(client, patch)
                .then()
                .statusCode(403)
                .body("type", endsWith("forbidden"))
                .body("errors.field", contains(field));
    }

    private Response patch(Caller caller, Map<String, ?> patch) {
        return caller.patch(path(), patch);
    }

    private String path() {
        return "/api/assistants/" + id;
    }
}
