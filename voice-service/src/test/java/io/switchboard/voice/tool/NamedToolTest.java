package io.switchboard.voice.tool;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PeerRequests;
import io.switchboard.kit.test.Sql;
import io.switchboard.voice.Front;
import io.switchboard.voice.SampleCall;
import io.switchboard.voice.VoiceProfile;
import io.switchboard.voice.call.Settled;
import io.switchboard.voice.provider.Fixtures;
import io.switchboard.voice.provider.SignedDelivery;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tools of platforms that name them in the URL, and Retell's functions. */
@QuarkusTest
@TestProfile(VoiceProfile.class)
class NamedToolTest {
    private static final String TICKET = "/internal/tools/open_ticket";

    private final Caller acme = Caller.adminOfNewOrg();
    private final String conversation = "conv_" + UUID.randomUUID();
    private final String phone = SampleCall.create().caller();

    @BeforeEach
    void answerTickets() {
        PeerRequests.answer(TICKET, 200, "{\"result\": \"Opened ticket number 7.\"}", phone);
        PeerRequests.answer("/internal/tools/lookup_contact", 200, "{\"result\": \"Ada.\"}", phone);
    }

    @Test
    void a_shared_secret_opens_a_tool_and_a_repeat_opens_no_second_ticket() {
        var front = Front.of(acme, "elevenlabs");
        use(front, Map.of("X-Switchboard-Secret", front.secret()), "open_ticket", ticket())
                .then()
                .statusCode(200)
                .body("result", is("Opened ticket number 7."));
        use(front, Map.of("Authorization", "Bearer " + front.secret()), "open_ticket", ticket())
                .then()
                .body("result", is("Opened ticket number 7."));
        assertEquals(1, asked(TICKET).size());
        var body = new JsonObject(asked(TICKET).get(0).getString("body"));
        assertNull(body.getString("conversation_id"), "it is no argument");
        use(front, Map.of("X-Switchboard-Secret", front.with("another-secret").secret()), "open_ticket", ticket())
                .then()
                .statusCode(401);
        Settled.all(acme);
    }

    @Test
    void what_only_asks_is_asked_each_time() {
        var front = Front.of(acme, "elevenlabs");
        for (int n = 0; n < 2; n++) {
            use(front, secret(front), "lookup_contact", ticket()).then().body("result", is("Ada."));
        }
        assertEquals(2, asked("/internal/tools/lookup_contact").size());
        var keys = asked("/internal/tools/lookup_contact");
        assertNotEquals(keys.get(0).getString("idempotencyKey"), keys.get(1).getString("idempotencyKey"));
    }

    @Test
    void a_function_has_its_arguments_beside_the_call() {
        var front = Front.of(acme, "retell");
        var body = new JsonObject()
                .put("name", "open_ticket")
                .put("args", new JsonObject().put("phone", phone).put("title", "Wrong bill"))
                .put("call", new JsonObject().put("call_id", conversation).put("call_type", "web_call"));
        retell(front, "", body).then().statusCode(200).body("result", is("Opened ticket number 7."));
        retell(front, "", body).then().body("result", is("Opened ticket number 7."));
        retell(front, "/tools/open_ticket", body).then().body("result", is("Opened ticket number 7."));
        assertEquals(1, asked(TICKET).size());
        assertEquals(phone, new JsonObject(asked(TICKET).get(0).getString("body")).getString("phone"));
        Settled.all(acme);
        String id = acme.get("/api/calls").path("items[0].id");
        acme.get("/api/calls/" + id).then().body("toolCalls", hasSize(2));
    }

    @Test
    void bare_arguments_of_no_call_are_used_each_time() {
        var front = Front.of(acme, "retell");
        var bare = new JsonObject().put("phone", phone).put("title", "Wrong bill");
        retell(front, "/tools/open_ticket", bare).then().statusCode(200).body("result", is("Opened ticket number 7."));
        retell(front, "/tools/open_ticket", bare).then().statusCode(200);
        assertEquals(2, asked(TICKET).size());
        assertNull(asked(TICKET).get(0).getString("idempotencyKey"));
    }

    @Test
    void an_agent_without_a_call_uses_only_the_tools_that_it_is_allowed() {
        Sql.superuser()
                .withoutTriggers()
                .run(
                        "insert into agents (org_id, owner_id, name, provider, provider_assistant_id, allowed_tools) values ('"
                                + acme.orgId() + "', '" + acme.id()
                                + "', 'Front desk', 'elevenlabs', 'agent-1', '{lookup_contact}')");
        var front = Front.of(acme, "elevenlabs");
        var body =
                new JsonObject().put("agent_id", "agent-1").put("phone", phone).encode();
        use(front, secret(front), "lookup_contact", body).then().body("result", is("Ada."));
        use(front, secret(front), "open_ticket", body)
                .then()
                .statusCode(200)
                .body("error", is("I am not allowed to do that."));
        assertEquals(0, asked(TICKET).size());
    }

    @Test
    void odd_bodies_and_unknown_tools_are_answered_in_words() {
        var front = Front.of(acme, "elevenlabs");
        use(front, secret(front), "launch_rocket", ticket())
                .then()
                .statusCode(200)
                .body("error", is("I don't have that tool."));
        use(front, secret(front), "open_ticket", "{\"conversation_id\": \"" + conversation + "\", \"phone\": ")
                .then()
                .statusCode(200)
                .body("error", startsWith("I "));
    }

    @Test
    void retell_s_sample_is_a_function_of_its_call() {
        var front = Front.of(acme, "retell");
        var body = Fixtures.text("retell/custom-function.json").replace("+15555550142", phone);
        var signed = SignedDelivery.of(front, "application/json", body.getBytes(StandardCharsets.UTF_8));
        given().headers(signed.headers())
                .body(signed.body())
                .post(front.path())
                .then()
                .statusCode(200)
                .body("result", is("Ada."));
    }

    private String ticket() {
        return new JsonObject()
                .put("conversation_id", conversation)
                .put("phone", phone)
                .put("title", "Wrong bill")
                .put("description", "Charged twice")
                .encode();
    }

    private List<JsonObject> asked(String path) {
        return PeerRequests.to(path, phone);
    }

    private static Map<String, String> secret(Front front) {
        return Map.of("X-Switchboard-Secret", front.secret());
    }

    private static Response use(Front front, Map<String, String> headers, String tool, String body) {
        return given().headers(headers)
                .contentType("application/json")
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post(front.path() + "/tools/" + tool);
    }

    private static Response retell(Front front, String under, JsonObject body) {
        var signed = SignedDelivery.of(front, "application/json", body.encode().getBytes(StandardCharsets.UTF_8));
        return given().headers(signed.headers()).body(signed.body()).post(front.path() + under);
    }
}
