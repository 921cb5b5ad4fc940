package io.switchboard.voice.provider.retell;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.switchboard.voice.livecall.AssistantSettings;
import io.switchboard.voice.provider.AssistantUpdate;
import io.switchboard.voice.provider.ProviderChange;
import io.switchboard.voice.provider.ProviderRequest;
import io.switchboard.voice.provider.RecordingSource;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Changes an agent that Retell keeps. Its first message and model are those of the response engine that it names. */
final class RetellUpdate implements AssistantUpdate {
    private static final String API = "https://api.retellai.com/";
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,100}");
    private static final int LEAST_SECONDS = 60; // Retell takes a minute to two hours
    private static final int MOST_SECONDS = 7_200;

    @Override
    public ProviderRequest read(String assistantId, String apiKey) {
        return request("get-agent/" + assistantId, apiKey);
    }

    @Override
    public List<ProviderChange> changes(
            String assistantId, JsonNode current, AssistantSettings settings, String apiKey) {
        ObjectNode agent = JsonNodeFactory.instance.objectNode();
        if (settings.voice() != null) {
            agent.put("voice_id", AssistantSettings.id(settings.voice()));
        }
        if (settings.maxSeconds() != null) {
            int seconds = Math.min(Math.max(settings.maxSeconds(), LEAST_SECONDS), MOST_SECONDS);
            agent.put("max_call_duration_ms", seconds * 1_000);
        }
        List<ProviderChange> changes = new ArrayList<>();
        if (!agent.isEmpty()) {
            changes.add(new ProviderChange(request("update-agent/" + assistantId, apiKey), agent));
        }
        String engine = current.path("response_engine").path("llm_id").textValue();
        ObjectNode talk = talk(settings);
        if (engine != null && ID.matcher(engine).matches() && !talk.isEmpty()) {
            changes.add(new ProviderChange(request("update-retell-llm/" + engine, apiKey), talk));
        }
        return changes;
    }

    private static ObjectNode talk(AssistantSettings settings) {
        ObjectNode talk = JsonNodeFactory.instance.objectNode();
        if (settings.firstMessage() != null) {
            talk.put("begin_message", settings.firstMessage());
        }
        if (settings.model() != null) {
            talk.put("model", AssistantSettings.id(settings.model()));
        }
        return talk;
    }

    private static ProviderRequest request(String path, String apiKey) {
        return new ProviderRequest(API + path, RecordingSource.bearer(apiKey));
    }
}
