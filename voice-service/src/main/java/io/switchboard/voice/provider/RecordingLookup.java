package io.switchboard.voice.provider;

import org.jspecify.annotations.Nullable;

/** How a provider's recordings are fetched. */
@FunctionalInterface
public interface RecordingLookup {
    /**
     * Where the recording is. Asks nobody; null when the call can have none.
     *
     * @param apiKey the organization's, in the form that auth-service takes for this provider
     */
    @Nullable
    RecordingSource find(RecordedCall call, String apiKey);
}
