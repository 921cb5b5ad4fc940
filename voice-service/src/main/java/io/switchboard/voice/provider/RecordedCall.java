package io.switchboard.voice.provider;

import org.jspecify.annotations.Nullable;

/**
 * A call whose recording is asked for.
 *
 * @param callId the provider's id of the call
 * @param recordingUrl as the provider told it; by now it may lead nowhere
 */
public record RecordedCall(String callId, @Nullable String recordingUrl) {}
