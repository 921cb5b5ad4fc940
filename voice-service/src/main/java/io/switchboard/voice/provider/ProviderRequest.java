package io.switchboard.voice.provider;

import java.util.Map;

/**
 * A GET of a provider's API, whose hosts {@code switchboard.providers.hosts} lists. The headers hold the organization's key, which its text
 * does not show.
 */
public record ProviderRequest(String url, Map<String, String> headers) {
    @Override
    public String toString() {
        return "ProviderRequest[" + url + "]";
    }
}
