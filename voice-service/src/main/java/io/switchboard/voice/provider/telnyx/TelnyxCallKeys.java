package io.switchboard.voice.provider.telnyx;

import io.switchboard.voice.callevent.CallKey;
import io.switchboard.voice.callevent.CleanField;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The further ids of a call: its leg, the id for commands, the session of all its legs. */
final class TelnyxCallKeys {
    private TelnyxCallKeys() {}

    /** Without the id that the call is known by, and without what is too long to be an id. */
    static List<CallKey> of(String callId, @Nullable String... ids) {
        return Stream.of(ids)
                .filter(id -> id != null && id.length() <= CleanField.NAME)
                .map(CleanField::orNull)
                .filter(Objects::nonNull)
                .filter(id -> !id.equals(callId))
                .distinct()
                .map(id -> new CallKey("telnyx", id))
                .toList();
    }
}
