package io.switchboard.voice.provider.telnyx;

import io.switchboard.voice.provider.IdentifiedEvent;
import io.switchboard.voice.provider.JsonNames;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Identifies Telnyx's events by their own ids, which are the same on every attempt. */
final class TelnyxNames {
    private static final String ID = "/data/id";
    private static final String TYPE = "/data/event_type";
    private static final String LEG = "/data/payload/call_leg_id";
    private static final String CONTROL = "/data/payload/call_control_id";

    /** The second family of events, about no call, has both at the top. */
    private static final String OTHER_ID = "/id";

    private static final String OTHER_TYPE = "/event";

    private static final Set<String> NAMES = Set.of(ID, TYPE, LEG, CONTROL, OTHER_ID, OTHER_TYPE);

    private TelnyxNames() {}

    static IdentifiedEvent identify(byte[] body) {
        Map<String, String> names = JsonNames.read(body, NAMES);
        if (names == null) {
            return IdentifiedEvent.malformed(body, "The body is not one JSON object.");
        }
        boolean isOfCall = names.containsKey(TYPE);
        String id = text(names, isOfCall ? ID : OTHER_ID);
        String type = text(names, isOfCall ? TYPE : OTHER_TYPE);
        return id == null || type == null
                ? IdentifiedEvent.malformed(body, "The event has no id or no type.")
                : IdentifiedEvent.of(id, type, isOfCall ? callId(names) : null, body);
    }

    /** The leg, which all events name; recordings do not name the id for commands. */
    private static @Nullable String callId(Map<String, String> names) {
        String leg = text(names, LEG);
        return leg == null ? text(names, CONTROL) : leg;
    }

    /** Null also for an object or a list, which is read as empty text. */
    private static @Nullable String text(Map<String, String> names, String pointer) {
        String text = names.get(pointer);
        return text == null || text.isEmpty() ? null : text;
    }
}
