package io.switchboard.voice.provider;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchboard.voice.livecall.AssistantSettings;
import java.util.List;

/** How a provider's own configuration of an assistant takes what a client set. Asks nobody. */
public interface AssistantUpdate {
    /** The GET of the configuration. */
    ProviderRequest read(String assistantId, String apiKey);

    /**
     * The changes, in order; none where nothing is set.
     *
     * @param current the configuration as it was read
     */
    List<ProviderChange> changes(String assistantId, JsonNode current, AssistantSettings settings, String apiKey);
}
