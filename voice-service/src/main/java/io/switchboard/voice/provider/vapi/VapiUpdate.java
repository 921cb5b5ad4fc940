package io.switchboard.voice.provider.vapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.switchboard.voice.livecall.AssistantSettings;
import io.switchboard.voice.provider.AssistantUpdate;
import io.switchboard.voice.provider.ProviderChange;
import io.switchboard.voice.provider.ProviderRequest;
import io.switchboard.voice.provider.RecordingSource;
import java.util.List;

/** Changes an assistant that Vapi keeps. What is nested is replaced as a whole, so it is sent as it was read, with the difference. */
final class VapiUpdate implements AssistantUpdate {
    private static final String ASSISTANT = "https://api.vapi.ai/assistant/";

    @Override
    public ProviderRequest read(String assistantId, String apiKey) {
        return new ProviderRequest(ASSISTANT + assistantId, RecordingSource.bearer(apiKey));
    }

    @Override
    public List<ProviderChange> changes(
            String assistantId, JsonNode current, AssistantSettings settings, String apiKey) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        if (settings.firstMessage() != null) {
            body.put("firstMessage", settings.firstMessage());
        }
        if (settings.maxSeconds() != null) {
            body.put("maxDurationSeconds", settings.maxSeconds());
        }
        if (settings.voice() != null) {
            VapiPart voice = VapiPart.voice(settings.voice());
            // Another company's voice has other settings.
            body.set("voice", part(current.path("voice"), voice).put("voiceId", voice.id()));
        }
        if (settings.model() != null) {
            VapiPart model = VapiPart.model(settings.model());
            body.set(
                    "model",
                    copy(current.path("model"))
                            .put("provider", model.provider())
                            .put("model", model.id()));
        }
        if (settings.evalMethod() != null && VapiAssistant.RUBRICS.contains(settings.evalMethod())) {
            ObjectNode plan = copy(current.path("analysisPlan"));
            plan.set(
                    "successEvaluationPlan",
                    copy(plan.path("successEvaluationPlan")).put("rubric", settings.evalMethod()));
            body.set("analysisPlan", plan);
        }
        return body.isEmpty() ? List.of() : List.of(new ProviderChange(read(assistantId, apiKey), body));
    }

    private static ObjectNode part(JsonNode current, VapiPart wanted) {
        boolean isSame = wanted.provider().equals(current.path("provider").textValue());
        return (isSame ? copy(current) : JsonNodeFactory.instance.objectNode()).put("provider", wanted.provider());
    }

    private static ObjectNode copy(JsonNode current) {
        return current instanceof ObjectNode object ? object.deepCopy() : JsonNodeFactory.instance.objectNode();
    }
}
