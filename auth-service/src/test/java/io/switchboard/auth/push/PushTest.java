package io.switchboard.auth.push;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.auth.AuthSettings;
import io.switchboard.auth.Person;
import io.switchboard.auth.Recorded;
import io.switchboard.kit.test.PostgresResource;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(AuthSettings.class)
class PushTest {

    @Test
    void crm_and_voice_are_told_of_every_new_and_changed_member() {
        var ada = Person.signsUp();
        var path = "/internal/members/" + ada.caller().id();
        var pushed = new JsonObject(Recorded.calls(2, path, call -> true).get(0).getString("body"));
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
        var changed = Recorded.calls(2, path, call -> call.getString("body").contains("Ada King"));
        assertTrue(
                changed.stream().allMatch(call -> new JsonObject(call.getString("body")).getInteger("version") == 1));
    }

    @Test
    void crm_and_voice_are_told_how_an_organization_works() {
        var ada = Person.signsUp();
        ada.caller()
                .patch("/api/organization", Map.of("timeZone", "Africa/Kigali", "defaultRegion", "RW"))
                .then()
                .statusCode(200);
        var calls = Recorded.calls(
                2, "/internal/organization", call -> call.getString("body").contains("Africa/Kigali"));
        var body = new JsonObject(calls.get(0).getString("body"));
        assertEquals("RW", body.getString("defaultRegion"));
        assertEquals(1, body.getInteger("version"));
        assertEquals(
                List.of("PUT"),
                calls.stream().map(call -> call.getString("method")).distinct().toList());
    }

    @Test
    void signing_in_is_no_news_to_them() {
        var ada = Person.signsUp();
        var path = "/internal/members/" + ada.caller().id();
        Recorded.calls(2, path, call -> true);
        ada.logsIn(Person.PASSWORD, Map.of()).then().statusCode(200);
        Recorded.events(2, ada.caller().orgId(), "login");
        assertEquals(2, Recorded.calls(2, path, call -> true).size());
    }
}
