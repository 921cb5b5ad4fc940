package io.switchboard.voice.tool;

import io.restassured.response.Response;
import io.switchboard.kit.test.PeerRequests;
import io.switchboard.voice.Front;
import io.switchboard.voice.SampleCall;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Tool calls of one call, as Vapi delivers them, and crm-service's part in them. */
record VapiTools(Front front, SampleCall call) {
    static final String TIME = "2026-12-01T15:30";

    /** What crm-service does for this call from now on. */
    void crmAnswers(String tool, int status, String body) {
        PeerRequests.answer(path(tool), status, body, call.caller());
    }

    void crmAnswersAfter(int millis, String tool, String body) {
        PeerRequests.answer(path(tool), 200, body, call.caller(), "delay", millis);
    }

    List<JsonObject> askedOfCrm(String tool) {
        return PeerRequests.to(path(tool), call.caller());
    }

    private static String path(String tool) {
        return "/internal/tools/" + tool;
    }

    Response use(String id, String tool, JsonObject arguments) {
        return deliver(List.of(toolCall(id, tool, arguments)));
    }

    Response deliver(List<JsonObject> toolCalls) {
        var message = new JsonObject()
                .put("type", "tool-calls")
                .put("timestamp", 1780318808000L)
                .put("toolCallList", new JsonArray(toolCalls))
                .put("call", new JsonObject().put("id", call.id()).put("type", "inboundPhoneCall"))
                .put("customer", new JsonObject().put("number", call.caller()))
                .put("assistant", new JsonObject().put("id", "asst-" + call.id()));
        return front.vapi(new JsonObject().put("message", message).encode());
    }

    static JsonObject toolCall(String id, String tool, JsonObject arguments) {
        return new JsonObject().put("id", id).put("name", tool).put("arguments", arguments);
    }

    JsonObject booking() {
        return new JsonObject()
                .put("phone", call.caller())
                .put("serviceType", "Cleaning")
                .put("scheduledAt", TIME)
                .put("durationMinutes", 30);
    }
}
