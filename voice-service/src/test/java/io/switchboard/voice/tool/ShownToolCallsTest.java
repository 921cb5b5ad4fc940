package io.switchboard.voice.tool;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.switchboard.kit.test.Caller;
import io.switchboard.voice.Front;
import io.switchboard.voice.SampleCall;
import io.switchboard.voice.VoiceProfile;
import io.switchboard.voice.call.Settled;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a call shows of its tool calls, and what Vapi is told about a question. */
@QuarkusTest
@TestProfile(VoiceProfile.class)
class ShownToolCallsTest {
    private final Caller acme = Caller.adminOfNewOrg();
    private VapiTools tools;

    @BeforeEach
    void openEndpoint() {
        tools = new VapiTools(Front.of(acme, "vapi"), SampleCall.create());
        tools.crmAnswers("book_appointment", 200, "{\"result\": \"Booked.\"}");
    }

    @Test
    void a_call_shows_its_tool_calls() {
        tools.use("t1", "book_appointment", tools.booking());
        tools.use("t2", "book_appointment", tools.booking());
        tools.use("t3", "launch_rocket", new JsonObject());
        Settled.all(acme);
        String id = acme.get("/api/calls").path("items[0].id");
        acme.get("/api/calls").then().body("items[0].toolCalls", nullValue());
        acme.get("/api/calls/" + id)
                .then()
                .statusCode(200)
                .body("toolCalls.toolCallId", contains("t1", "t2", "t3"))
                .body("toolCalls[0].name", is("book_appointment"))
                .body("toolCalls[0].arguments.phone", is(tools.call().caller()))
                .body("toolCalls[0].result", is("Booked."))
                .body("toolCalls[0].error", nullValue())
                .body("toolCalls[0].milliseconds", notNullValue())
                .body("toolCalls[0].repeats", nullValue())
                .body("toolCalls[1].repeats", notNullValue())
                .body("toolCalls[2].error", is("I don't have that tool."));
        Caller.adminOfNewOrg().get("/api/calls/" + id).then().statusCode(404);
    }

    @Test
    void an_erased_call_has_no_tool_calls() {
        tools.use("t1", "book_appointment", tools.booking());
        Settled.all(acme);
        String id = acme.get("/api/calls").path("items[0].id");
        acme.get("/api/calls/" + id).then().body("toolCalls", hasSize(1));
        erase(tools.call().caller());
        acme.get("/api/calls/" + id).then().body("toolCalls", hasSize(0)).body("erasedAt", notNullValue());
    }

    @Test
    void tool_calls_about_an_erased_person_go_from_other_people_s_calls() {
        var about = SampleCall.create().caller();
        tools.use("t1", "lookup_contact", new JsonObject().put("phone", about));
        tools.use("t2", "book_appointment", tools.booking());
        Settled.all(acme);
        erase(about);
        String id = acme.get("/api/calls").path("items[0].id");
        acme.get("/api/calls/" + id)
                .then()
                .body("toolCalls.toolCallId", contains("t2"))
                .body("erasedAt", nullValue());
    }

    private void erase(String phone) {
        Caller.service("crm-service", acme.orgId())
                .post("/internal/contacts/" + UUID.randomUUID() + "/erase", Map.of("phones", List.of(phone)))
                .then()
                .statusCode(200);
    }

    @Test
    void a_question_is_answered_with_the_passages_that_fit() {
        tools.crmAnswers(
                "search_knowledge",
                200,
                "{\"result\": \"x\", \"data\": {\"found\": true, \"articles\": [{\"articleId\": \"k1\", \"title\":"
                        + " \"Hours\", \"passage\": \"From 9 to 17.\"}, {\"articleId\": \"k2\", \"title\": \"Parking\","
                        + " \"passage\": \"Behind the house.\"}]}}");
        var message = new JsonObject()
                .put("type", "knowledge-base-request")
                .put("timestamp", 1780318812000L)
                .put("call", new JsonObject().put("id", tools.call().id()))
                .put(
                        "messages",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("role", "user")
                                        .put("message", tools.call().caller() + " hours?")));
        tools.front()
                .vapi(new JsonObject().put("message", message).encode())
                .then()
                .statusCode(200)
                .body("documents.uuid", contains("k1", "k2"))
                .body("documents[0].content", is("Hours: From 9 to 17."))
                .body("documents[0].similarity", is(1.0f));
        tools.crmAnswers("search_knowledge", 500, "{}");
        tools.front()
                .vapi(new JsonObject()
                        .put("message", message.put("timestamp", 1780318813000L))
                        .encode())
                .then()
                .statusCode(200)
                .body("documents", hasSize(0))
                .body("message.content", is("I can't look that up right now."));
    }
}
