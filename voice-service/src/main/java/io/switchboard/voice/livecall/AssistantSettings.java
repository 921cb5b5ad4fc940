package io.switchboard.voice.livecall;

import org.jspecify.annotations.Nullable;

/**
 * What a client set of an assistant. Null leaves what the provider has.
 *
 * @param voice {@code provider/id}, or an id
 * @param model {@code provider/id}, or an id
 * @param maxSeconds the longest duration of a call
 */
public record AssistantSettings(
        @Nullable String firstMessage,
        @Nullable String voice,
        @Nullable String model,
        @Nullable String evalMethod,
        @Nullable Integer maxSeconds) {

    public boolean isEmpty() {
        return firstMessage == null && voice == null && model == null && evalMethod == null && maxSeconds == null;
    }

    /** Without the provider's name in front; null without a text. */
    public static @Nullable String id(@Nullable String part) {
        return part == null ? null : part.substring(part.indexOf('/') + 1);
    }
}
