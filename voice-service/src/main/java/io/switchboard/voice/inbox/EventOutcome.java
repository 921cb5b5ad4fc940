package io.switchboard.voice.inbox;

import io.switchboard.voice.inbox.EventHandler.Changes;
import java.time.Duration;
import java.util.Collection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a handler makes of a batch.
 *
 * @param changes not written where the claimed event itself is unreadable
 * @param effects as JSON; null when there are none
 * @param unreadable events of the batch that become dead letters
 * @param flaw why the last unreadable one is
 * @param effectsAfter how long the effects wait: until then they may be taken back
 */
public record EventOutcome(
        Changes changes, @Nullable String effects, Collection<UUID> unreadable, String flaw, Duration effectsAfter) {
    public EventOutcome effectsAfter(Duration wait) {
        return new EventOutcome(changes, effects, unreadable, flaw, wait);
    }
}
