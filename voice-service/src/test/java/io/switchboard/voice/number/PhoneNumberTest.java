package io.switchboard.voice.number;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PeerRequests;
import io.switchboard.kit.test.Sql;
import io.switchboard.voice.People;
import io.switchboard.voice.VoiceProfile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(VoiceProfile.class)
class PhoneNumberTest {
    private static final String PATH = "/api/phone-numbers";
    private static final String ONE = PATH + "/";
    private static final Map<String, ?> DESK = Map.of("number", "+1 (202) 555-0100", "provider", "vapi");

    final Caller acme = Caller.adminOfNewOrg();
    final Caller globex = Caller.adminOfNewOrg();

    @Test
    void a_number_belongs_to_one_row_of_an_organization() {
        var created = acme.post(PATH, DESK);
        created.then().statusCode(201).body("number", is("+12025550100")).body("agentId", nullValue());
        acme.post(PATH, Map.of("number", "+12025550100", "provider", "twilio"))
                .then()
                .statusCode(409)
                .body("type", endsWith("phone_number_taken"));
        globex.post(PATH, DESK).then().statusCode(201);
        globex.get(ONE + created.path("id")).then().statusCode(404);
    }

    @Test
    void a_national_number_is_read_by_the_region() {
        acme.post(PATH, Map.of("number", "(202) 555-0101", "provider", "vapi"))
                .then()
                .statusCode(201)
                .body("number", is("+12025550101"));
        for (var wrong : List.of("1001", "front desk", "anonymous", "+1")) {
            acme.post(PATH, Map.of("number", wrong, "provider", "vapi"))
                    .then()
                    .statusCode(422)
                    .body("errors.field", contains("number"));
        }
    }

    @Test
    void what_it_refers_to_must_exist() {
        var nobody = UUID.randomUUID();
        PeerRequests.answer("/internal/clients/" + nobody, 404);
        refused(with("clientId", nobody), "clientId");
        refused(with("agentId", UUID.randomUUID()), "agentId");
        refused(with("agentId", People.agent(People.member(globex, "user"))), "agentId");
        refused(with("provider", "pigeons"), "provider");
        var retired = People.client(acme);
        People.putClient(retired, false, 2);
        refused(with("clientId", retired.id()), "clientId");
        acme.post(PATH, with("colour", "red")).then().statusCode(400).body("type", endsWith("unknown_field"));
    }

    @Test
    void an_unknown_client_cannot_be_checked_while_auth_service_is_away() {
        var client = UUID.randomUUID();
        PeerRequests.answer("/internal/clients/" + client, 503);
        acme.post(PATH, with("clientId", client)).then().statusCode(503);
    }

    @Test
    void it_is_assigned_and_taken_back() {
        var client = People.client(acme);
        var agent = People.agent(People.member(acme, "user"));
        var id = People.number(acme, "+12025550100", client.id(), agent);
        var shown = acme.get(ONE + id);
        shown.then().body("clientId", is(client.id().toString())).body("agentId", is(agent));
        var changes = new HashMap<String, Object>();
        changes.put("clientId", null);
        changes.put("label", "Front desk");
        acme.request()
                .header("If-Match", "\"99\"")
                .body(changes)
                .patch(ONE + id)
                .then()
                .statusCode(412);
        acme.patch(ONE + id, changes)
                .then()
                .statusCode(200)
                .body("clientId", nullValue())
                .body("agentId", is(agent))
                .body("label", is("Front desk"));
        acme.patch(ONE + id, Map.of("number", "+12025550199"))
                .then()
                .statusCode(200)
                .body("number", is("+12025550199"));
        acme.delete(ONE + id).then().statusCode(204);
        acme.get(ONE + id).then().statusCode(404);
    }

    @Test
    void a_client_that_was_switched_off_since_may_stay() {
        var client = People.client(acme);
        var id = People.number(acme, "+12025550100", client.id(), null);
        People.putClient(client, false, 2);
        acme.patch(ONE + id, Map.of("label", "Night desk")).then().statusCode(200);
        client.get(PATH).then().statusCode(200).body("items", empty());
        client.get(ONE + id).then().statusCode(404);
    }

    @Test
    void an_agent_that_goes_leaves_its_numbers() {
        var owner = People.member(acme, "user");
        var agent = People.agent(owner);
        var id = People.number(acme, "+12025550100", null, agent);
        owner.delete("/api/agents/" + agent).then().statusCode(204);
        acme.get(ONE + id).then().statusCode(200).body("agentId", nullValue());
    }

    @Test
    void each_role_sees_its_own() {
        var ada = People.member(acme, "user");
        var bob = People.member(acme, "user");
        var client = People.client(acme);
        var adas = People.number(acme, "+12025550101", null, People.agent(ada));
        var bobs = People.number(acme, "+12025550102", client.id(), People.agent(bob));
        var spare = People.number(acme, "+12025550103", null, null);

        sees(acme, spare, bobs, adas);
        sees(acme.colleague("agent"), spare, bobs, adas);
        sees(acme.colleague("enterprise"), bobs, adas);
        sees(ada, adas);
        sees(bob, bobs);
        sees(client, bobs);
        sees(People.client(acme));
        sees(globex);
        acme.get(PATH + "?clientId=" + client.id()).then().body("items.id", contains(bobs));
        client.get(PATH + "?clientId=" + UUID.randomUUID()).then().body("items", empty());
        ada.get(ONE + bobs).then().statusCode(404);
        for (var reader : List.of(ada, acme.colleague("agent"), client)) {
            reader.patch(ONE + bobs, Map.of("label", "Mine")).then().statusCode(403);
        }
    }

    @Test
    void the_database_keeps_others_from_writing() {
        var client = People.client(acme);
        var owner = People.member(acme, "user");
        var id = People.number(acme, "+12025550100", client.id(), People.agent(owner));
        var change = "update phone_numbers set label = 'mine' where id = '" + id + "'";
        for (var writer : List.of(
                Sql.app(acme.orgId(), owner.id(), "user"),
                Sql.app(acme.orgId(), UUID.randomUUID(), "agent"),
                Sql.app(globex.orgId(), UUID.randomUUID(), "admin"),
                Sql.superuser().caller(acme.orgId(), "client").with("app.client_id", client.id()))) {
            assertEquals(0, writer.run(change));
        }
        acme.get(ONE + id).then().body("label", not("mine"));
    }

    private static void sees(Caller caller, String... ids) {
        var listed = caller.get(PATH);
        listed.then().statusCode(200);
        assertEquals(List.of(ids), listed.<List<String>>path("items.id"));
        for (var id : ids) {
            caller.get(ONE + id).then().statusCode(200);
        }
    }

    private void refused(Map<String, ?> form, String field) {
        acme.post(PATH, form).then().statusCode(422).body("errors.field", contains(field));
    }

    private static Map<String, ?> with(String field, Object value) {
        var form = new HashMap<String, Object>(DESK);
        form.put(field, value);
        return form;
    }
}
