package io.switchboard.voice.recording;

import io.switchboard.voice.providerapi.ProviderApi;
import io.vertx.core.http.HttpClientResponse;
import org.jspecify.annotations.Nullable;

/**
 * A recording as it can be answered: one of the two is there.
 *
 * @param link opens without a key, for a while
 * @param stream the provider's answer, paused
 */
record FoundRecording(@Nullable String link, @Nullable HttpClientResponse stream) {
    static FoundRecording at(String link) {
        return new FoundRecording(link, null);
    }

    static FoundRecording in(HttpClientResponse stream) {
        return new FoundRecording(null, stream);
    }

    /** Lets go of the provider's answer. */
    void close() {
        if (stream != null) {
            ProviderApi.discard(stream);
        }
    }

    @Override
    public String toString() {
        return "FoundRecording";
    }
}
