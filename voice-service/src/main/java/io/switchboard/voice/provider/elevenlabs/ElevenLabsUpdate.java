package io.switchboard.voice.provider.elevenlabs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.switchboard.voice.livecall.AssistantSettings;
import io.switchboard.voice.provider.AssistantUpdate;
import io.switchboard.voice.provider.ProviderChange;
import io.switchboard.voice.provider.ProviderRequest;
import java.util.List;
import java.util.Map;

/** Changes an agent that ElevenLabs keeps, which leaves what is not named. */
final class ElevenLabsUpdate implements AssistantUpdate {
    private static final String AGENT = "https://api.elevenlabs.io/v1/convai/agents/";

    @Override
    public ProviderRequest read(String assistantId, String apiKey) {
        return new ProviderRequest(AGENT + assistantId, Map.of("xi-api-key", apiKey));
    }

    @Override
    public List<ProviderChange> changes(
            String assistantId, JsonNode current, AssistantSettings settings, String apiKey) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        if (settings.firstMessage() != null) {
            part(body, "agent").put("first_message", settings.firstMessage());
        }
        if (settings.model() != null) {
            part(body, "agent").withObjectProperty("prompt").put("llm", AssistantSettings.id(settings.model()));
        }
        if (settings.voice() != null) {
            part(body, "tts").put("voice_id", AssistantSettings.id(settings.voice()));
        }
        if (settings.maxSeconds() != null) {
            part(body, "conversation").put("max_duration_seconds", settings.maxSeconds());
        }
        return body.isEmpty() ? List.of() : List.of(new ProviderChange(read(assistantId, apiKey), body));
    }

    private static ObjectNode part(ObjectNode body, String name) {
        return body.withObjectProperty("conversation_config").withObjectProperty(name);
    }
}
