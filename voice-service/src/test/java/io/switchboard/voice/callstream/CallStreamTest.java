package io.switchboard.voice.callstream;

import static java.time.Duration.ofSeconds;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.EventListener;
import io.switchboard.kit.test.EventListener.Event;
import io.switchboard.kit.test.Sql;
import io.switchboard.voice.Front;
import io.switchboard.voice.SampleCall;
import io.switchboard.voice.VoiceProfile;
import io.switchboard.voice.call.Settled;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From a provider's delivery to those who listen. */
@QuarkusTest
@TestProfile(VoiceProfile.class)
class CallStreamTest {
    private static final String PATH = "/api/calls/stream";

    final Caller acme = Caller.adminOfNewOrg();
    final Caller client = acme.colleague("client");
    final SampleCall call = SampleCall.create();
    final List<EventListener> opened = new ArrayList<>();
    Front front;

    @BeforeEach
    void createEndpoint() {
        front = Front.of(acme, "vapi");
    }

    @AfterEach
    void hangUp() {
        opened.forEach(EventListener::close);
    }

    @Test
    void a_call_is_told_of_as_lists_show_it() {
        var admins = open(acme);
        var agents = open(acme.colleague("agent"));
        tell("status-update-in-progress");
        await().until(() -> !admins.events().isEmpty());
        assertEquals("call.started", admins.events().get(0).type());
        assertEquals("in_progress", admins.events().get(0).data().getString("status"));
        tell("end-of-call-report");
        var listed = new JsonObject(acme.get("/api/calls").asString())
                .getJsonArray("items")
                .getJsonObject(0);
        await().untilAsserted(() -> assertEquals(listed, last(admins).data()));
        assertFalse(listed.containsKey("transcript"));
        assertEquals("call.started", types(admins).get(0));
        assertEquals(1, types(admins).stream().filter("call.ended"::equals).count());
        await().untilAsserted(() -> assertEquals(admins.ids(), agents.ids()));
    }

    @Test
    void what_a_call_has_become_after_its_end_is_an_update() {
        tell("status-update-ended");
        var stream = open(acme);
        tell("end-of-call-report");
        await().until(() -> !stream.events().isEmpty());
        assertEquals("call.updated", stream.events().get(0).type());
    }

    @Test
    void a_call_that_is_known_when_it_ends_has_ended_only() {
        var stream = open(acme);
        tell("end-of-call-report");
        await().until(() -> !stream.events().isEmpty());
        assertEquals("call.ended", stream.events().get(0).type());
    }

    @Test
    void what_comes_again_is_not_told_again() {
        var stream = open(acme);
        tell("end-of-call-report");
        var known = stream.ids();
        tell("end-of-call-report", "status-update-in-progress");
        tell(SampleCall.create());
        await().until(() -> types(stream).stream().filter("call.ended"::equals).count() == 2);
        assertEquals(known, stream.ids().subList(0, known.size()));
    }

    @Test
    void a_client_hears_of_its_own_calls_alone() {
        var other = SampleCall.create();
        tell("status-update-in-progress");
        tell(other);
        var admins = open(acme);
        var clients = open(client);
        var others = open(acme.colleague("client"));
        give(call, client);
        give(other, acme.colleague("client"));
        await().until(() -> admins.events().size() == 2);
        give(call, null); // no longer the client's: not told
        give(call, client);
        await().until(() -> clients.events().size() >= 2);
        for (var event : clients.events()) {
            assertEquals(call.id(), event.data().getString("providerCallId"));
            assertEquals(client.id().toString(), event.data().getString("clientId"));
        }
        assertEquals(List.of(), others.events());
    }

    @Test
    void users_hear_of_own_agents_calls_and_enterprise_of_all_agents() {
        var ada = acme.colleague("user");
        var other = SampleCall.create();
        tell("status-update-in-progress");
        tell(other);
        var adas = open(ada);
        var bobs = open(acme.colleague("user"));
        var enterprises = open(acme.colleague("enterprise"));
        giveToAgentOf(call, ada);
        giveToAgentOf(other, acme.colleague("user"));
        await().until(() -> enterprises.events().size() == 2);
        await().until(() -> !adas.events().isEmpty());
        assertEquals(1, adas.events().size());
        assertEquals(call.id(), adas.events().get(0).data().getString("providerCallId"));
        assertEquals(List.of(), bobs.events());
    }

    @Test
    void a_client_that_is_switched_off_hears_nothing() {
        tell("status-update-in-progress");
        Caller.service("auth-service", acme.orgId())
                .put(
                        "/internal/clients/" + client.id(),
                        Map.of("companyName", "Globex", "isActive", false, "version", 1))
                .then()
                .statusCode(204);
        var admins = open(acme);
        var clients = open(client);
        give(call, client);
        await().until(() -> !admins.events().isEmpty());
        assertEquals(List.of(), clients.events());
    }

    @Test
    void nobody_else_hears_of_a_call() {
        var admins = open(acme);
        var users = open(acme.colleague("user"));
        var enterprises = open(acme.colleague("enterprise"));
        var clients = open(client);
        var strangers = open(Caller.adminOfNewOrg());
        tell("end-of-call-report");
        await().until(() -> !admins.events().isEmpty());
        for (var other : List.of(users, enterprises, clients, strangers)) {
            assertEquals(List.of(), other.events());
        }
        acme.colleague("customer").get(PATH).then().statusCode(403);
    }

    @Test
    void a_call_that_becomes_a_leg_is_told_of_for_the_last_time() {
        var head = SampleCall.create();
        tell("status-update-in-progress");
        tell(head);
        var stream = open(acme);
        Sql.superuser()
                .run(
                        "update call_logs set version = version + 1, head_id = " + id(head) + " where id = " + id(call),
                        "update call_logs set version = version + 1, cost = 1 where id = " + id(call),
                        "update call_logs set version = version + 1, cost = 1 where id = " + id(head));
        await().until(() -> stream.events().size() >= 2);
        assertEquals(List.of("call.updated", "call.updated"), types(stream));
        var heads = new HashMap<String, String>();
        stream.events()
                .forEach(event -> heads.put(
                        event.data().getString("providerCallId"), event.data().getString("headId")));
        assertEquals(Set.of(call.id(), head.id()), heads.keySet());
        assertEquals(acme.get("/api/calls").path("items[0].id"), heads.get(call.id()));
        assertNull(heads.get(head.id()));
    }

    @Test
    void it_continues_behind_the_last_event() {
        var first = open(acme);
        tell("status-update-in-progress");
        await().until(() -> !first.events().isEmpty());
        first.close();
        tell("end-of-call-report");
        var again = EventListener.open(PATH, acme.token(), first.ids().get(0));
        opened.add(again);
        await().until(() -> types(again).contains("call.ended"));
    }

    @Test
    void an_erased_call_is_told_of_without_the_person() {
        tell("end-of-call-report");
        var stream = open(acme);
        Caller.service("crm-service", acme.orgId())
                .post("/internal/contacts/" + UUID.randomUUID() + "/erase", Map.of("phones", List.of(call.caller())))
                .then()
                .statusCode(200);
        await().until(() -> !stream.events().isEmpty());
        assertNull(last(stream).data().getString("fromNumber"));
        assertTrue(last(stream).data().getString("erasedAt").endsWith("Z"));
    }

    private EventListener open(Caller caller) {
        var stream = EventListener.open(PATH, caller.token());
        opened.add(stream);
        await().atMost(ofSeconds(10)).until(() -> stream.status() > 0);
        assertEquals(200, stream.status());
        return stream;
    }

    private static Event last(EventListener stream) {
        assertNotEquals(List.of(), stream.events());
        return stream.events().get(stream.events().size() - 1);
    }

    private static List<String> types(EventListener stream) {
        return stream.events().stream().map(Event::type).toList();
    }

    private void tell(String... samples) {
        for (var sample : samples) {
            front.vapi(call.vapi(sample)).then().statusCode(200);
            Settled.all(acme);
        }
    }

    private void tell(SampleCall other) {
        front.vapi(other.vapi("end-of-call-report")).then().statusCode(200);
        Settled.all(acme);
    }

    private void give(SampleCall one, Caller to) {
        var owner = to == null ? "null" : "'" + to.id() + "'";
        Sql.superuser()
                .run("update call_logs set version = version + 1, client_id = " + owner + " where id = " + id(one));
    }

    private void giveToAgentOf(SampleCall one, Caller owner) {
        Sql.superuser()
                .run("update call_logs set version = version + 1, agent_id = uuid_v7(), owner_id = '" + owner.id()
                        + "' where id = " + id(one));
    }

    private String id(SampleCall one) {
        return "(select id from call_logs where org_id = '" + acme.orgId() + "' and provider_call_id = '" + one.id()
                + "')";
    }
}
