package io.switchboard.auth.push;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.auth.AuthSettings;
import io.switchboard.auth.Person;
import io.switchboard.kit.test.AuditTrail;
import io.switchboard.kit.test.PeerRequests;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(AuthSettings.class)
class PushTest {
    static final String OWED = " from outbox where destination in ('crm-service', 'voice-service') and org_id = ";
    /** Of the wait of a row, to the nearest ten. */
    static final String SECONDS = "case when lease is null and attempts > 0 then"
            + " round(extract(epoch from lease_until - now()), -1)::text end";

    @Test
    void crm_and_voice_are_told_of_every_new_and_changed_member() {
        var ada = Person.signUp();
        var path = "/internal/members/" + ada.caller().id();
        var pushed =
                new JsonObject(PeerRequests.await(2, path, call -> true).get(0).getString("body"));
        assertEquals(
                new JsonObject()
                        .put("name", "Ada Lovelace")
                        .put("email", ada.email())
                        .put("role", "admin")
                        .put("isActive", true)
                        .put("subscriptionTier", "free")
                        .put("maxAgents", 3)
                        .put("monthlyTokenQuota", 100_000)
                        .put("version", 0),
                pushed);
        ada.caller().patch("/api/me", Map.of("fullName", "Ada King")).then().statusCode(200);
        var changed = PeerRequests.await(2, path, call -> call.getString("body").contains("Ada King"));
        assertTrue(
                changed.stream().allMatch(call -> new JsonObject(call.getString("body")).getInteger("version") == 1));
    }

    @Test
    void crm_and_voice_are_told_how_an_organization_works() {
        var ada = Person.signUp();
        ada.caller()
                .patch("/api/organization", Map.of("timeZone", "Africa/Kigali", "defaultRegion", "RW"))
                .then()
                .statusCode(200);
        var calls = PeerRequests.await(
                2, "/internal/organization", call -> call.getString("body").contains("Africa/Kigali"));
        var body = new JsonObject(calls.get(0).getString("body"));
        assertEquals("RW", body.getString("defaultRegion"));
        assertEquals(1, body.getInteger("version"));
        assertEquals(
                List.of("PUT"),
                calls.stream().map(call -> call.getString("method")).distinct().toList());
    }

    @Test
    void crm_and_voice_are_told_of_a_suspension_and_its_end() {
        var ada = Person.signUp();
        ada.caller()
                .patch("/api/organization", Map.of("timeZone", "Pacific/Fakaofo"))
                .then()
                .statusCode(200);
        for (var isActive : List.of(false, true)) {
            Person.operator()
                    .patch(
                            "/api/organizations/" + ada.caller().orgId(),
                            Map.of("status", isActive ? "active" : "suspended"))
                    .then()
                    .statusCode(200);
            var version = isActive ? 3 : 2;
            PeerRequests.await(2, "/internal/organization", call -> {
                var body = new JsonObject(call.getString("body"));
                return body.getString("timeZone").equals("Pacific/Fakaofo")
                        && body.getBoolean("isActive").equals(isActive)
                        && body.getInteger("version") == version;
            });
        }
    }

    @Test
    void voice_is_told_of_every_new_changed_and_deleted_client() {
        var ada = Person.signUp();
        var client = ada.addClient().get("id");
        var path = "/internal/clients/" + client;
        ada.caller()
                .patch("/api/clients/" + client, Map.of("contactEmail", "desk@globex.example"))
                .then()
                .statusCode(200); // no news
        ada.caller()
                .patch("/api/clients/" + client, Map.of("companyName", "Globex AG"))
                .then()
                .statusCode(200);
        ada.caller()
                .patch("/api/clients/" + client, Map.of("isActive", false))
                .then()
                .statusCode(200);
        ada.caller().delete("/api/clients/" + client).then().statusCode(204);
        var told = PeerRequests.await(4, path, call -> call.getString("method").equals("PUT")).stream()
                .map(call -> new JsonObject(call.getString("body")))
                .sorted(Comparator.comparing(body -> body.getInteger("version")))
                .toList();
        assertEquals(
                List.of(
                        copy("Globex", true, 0),
                        copy("Globex AG", true, 2),
                        copy("Globex AG", false, 3),
                        copy("Globex AG", false, 4)),
                told);
    }

    private static JsonObject copy(String companyName, boolean isActive, int version) {
        return new JsonObject()
                .put("companyName", companyName)
                .put("isActive", isActive)
                .put("version", version);
    }

    @Test
    void signing_in_is_no_news_to_them() {
        var ada = Person.signUp();
        var path = "/internal/members/" + ada.caller().id();
        PeerRequests.await(2, path, call -> true);
        ada.logIn(Person.PASSWORD, Map.of()).then().statusCode(200);
        AuditTrail.await(2, ada.caller().orgId(), "login");
        assertEquals(2, PeerRequests.await(2, path, call -> true).size());
    }

    @Test
    void a_push_refused_for_now_delays_no_other() {
        var ada = Person.signUp();
        var path = "/internal/members/" + ada.caller().id();
        PeerRequests.await(2, path, call -> true);
        PeerRequests.answer(path, 404);
        ada.caller().patch("/api/me", Map.of("fullName", "Ada King"));
        await().until(() -> owed(ada, SECONDS), List.of("30", "30")::equals);
        assertEquals(List.of("1", "1"), owed(ada, "attempts"));

        var grace = Person.signUp();
        PeerRequests.await(2, "/internal/members/" + grace.caller().id(), call -> true);
        sooner(ada);
        await().until(() -> owed(ada, SECONDS), List.of("60", "60")::equals);

        PeerRequests.answer(path, 200);
        sooner(ada);
        PeerRequests.await(2, path, call -> call.getString("body").contains("Ada King"));
        await().until(() -> owed(ada, "1").isEmpty());
    }

    @Test
    void a_peer_without_our_keys_counts_as_away() {
        var ada = Person.signUp();
        var path = "/internal/members/" + ada.caller().id();
        PeerRequests.await(2, path, call -> true);
        PeerRequests.answer(path, 401);
        ada.caller().patch("/api/me", Map.of("fullName", "Ada King"));
        var tried = "case when lease is null and lease_until > '-infinity' then attempts end";
        await().until(() -> owed(ada, tried), List.of("0", "0")::equals);
        PeerRequests.answer(path, 200);
        PeerRequests.await(2, path, call -> call.getString("body").contains("Ada King"));
    }

    @Test
    void what_a_peer_will_never_take_is_set_aside() {
        var ada = Person.signUp();
        var path = "/internal/members/" + ada.caller().id();
        PeerRequests.await(2, path, call -> true);
        PeerRequests.answer(path, 422);
        ada.caller().patch("/api/me", Map.of("fullName", "Ada King"));
        var rejected = "select destination from outbox_rejected where org_id = '"
                + ada.caller().orgId() + "' order by 1";
        await().until(() -> Sql.superuser().column(rejected), List.of("crm-service", "voice-service")::equals);
        assertEquals(List.of(), owed(ada, "1"));
    }

    static List<String> owed(Person person, String column) {
        return Sql.superuser()
                .column("select " + column + OWED + "'" + person.caller().orgId() + "'");
    }

    static void sooner(Person person) {
        Sql.superuser()
                .run("update outbox set lease_until = now() where id in (select id" + OWED + "'"
                        + person.caller().orgId() + "')");
    }
}
