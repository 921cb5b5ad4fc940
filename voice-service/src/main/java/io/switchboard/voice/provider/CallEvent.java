package io.switchboard.voice.provider;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one event of any provider tells about a call; what it does not tell is null.
 *
 * @param callId the provider's id of the call
 * @param answered whether somebody or something took the call, as far as this event settles it
 * @param metadata few, short, by names that the adapter chooses
 * @param at the provider's time of the event, else that of its arrival
 * @param revision 1, or n for the n-th report of the same call
 */
public record CallEvent(
        String provider,
        String callId,
        Kind kind,
        @Nullable CallState status,
        @Nullable Boolean answered,
        Parties parties,
        CallTimes moments,
        Report report,
        Map<String, String> metadata,
        Instant at,
        int revision) {

    /** More than the milliseconds of any time there will be, and small enough that a rank is exact in JSON. */
    public static final long SPAN = 1L << 48;

    /** How much weight an event's word has, lightest first. */
    public enum Kind {
        /** It is about something else and shows the call in passing. */
        SIGHTING,
        /** The talk so far. */
        CONVERSATION,
        /** The call's state changed. */
        CHANGE,
        /** The provider's last word, after the call. */
        REPORT
    }

    /**
     * Whose word stands where two events differ, the greater one's. The later event is right, except of reports: the
     * first stands, and a further one only fills what it left empty. Sightings all weigh the same, so that the many of
     * them in a call change nothing once one has been heard.
     */
    public long rank() {
        long within =
                switch (kind) {
                    case SIGHTING -> 0;
                    case CONVERSATION, CHANGE -> Math.max(0, Math.min(at.toEpochMilli(), SPAN - 1));
                    case REPORT -> SPAN - revision;
                };
        return kind.ordinal() * SPAN + within;
    }
}
