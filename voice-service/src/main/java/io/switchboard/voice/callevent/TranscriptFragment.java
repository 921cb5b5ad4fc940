package io.switchboard.voice.callevent;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was said in one go, told while the call goes on.
 *
 * @param key the same whenever the same fragment is told, unique within the call
 * @param text cleaned and cut, as {@link CleanField} does
 * @param sequence the provider's number, where it counts; its order is that of the talk
 * @param at when it was said, else when it was told
 */
public record TranscriptFragment(
        String key, Speaker speaker, String text, @Nullable Integer sequence, Instant at) {
    /** Whose words they are. */
    public enum Speaker {
        /** The voice agent, or staff. */
        AGENT,
        CONTACT,
        /** Somebody else, such as the target of a transfer, or not told. */
        OTHER
    }
}
