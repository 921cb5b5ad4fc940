package io.switchboard.voice.provider;

import java.util.List;

/** How a provider is asked what became of a call. */
@FunctionalInterface
public interface OutcomeLookup {
    /**
     * Where the provider's API may show the call: the first place that has it counts. Its answer is an event of the type
     * {@link RawEvent#SETTLED}. Asks nobody; empty when no place can have it.
     *
     * @param callId the provider's id of the call
     * @param otherIds further ids of the provider's that it goes by
     * @param apiKey the organization's, in the form that auth-service takes for this provider
     */
    List<ProviderRequest> find(String callId, List<String> otherIds, String apiKey);
}
