package io.switchboard.voice.callevent;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one event of any provider tells about a call; what it does not tell is null or empty. Adapters begin with {@link #of}.
 *
 * @param callId the provider's id of the call
 * @param answered whether the call was answered, by a person or a machine; null when the event does not settle it
 * @param transcript all that was said, or was said so far: lines that begin with {@code AI:} or {@code User:}, where the
 *     provider tells them apart
 * @param fragments single utterances, told as they were said
 * @param keys further ids that the call goes by
 * @param metadata few and short; the adapter chooses the names
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
        CallTimes times,
        Report report,
        @Nullable String transcript,
        List<TranscriptFragment> fragments,
        List<CallKey> keys,
        Map<String, String> metadata,
        Instant at,
        int revision) {

    /** Above any time in milliseconds, and small enough that a rank is exact in JSON. */
    public static final long SPAN = 1L << 48;

    /** How much an event weighs, lightest first. */
    public enum Kind {
        /** About something else, with the call in passing. */
        SIGHTING,
        /** The conversation so far. */
        CONVERSATION,
        /** The call's state changed. */
        CHANGE,
        /** The provider's report after the call. */
        REPORT
    }

    /**
     * An event that tells nothing yet.
     *
     * @param at the provider's time of it, else that of its arrival
     */
    public static CallEventBuilder of(String provider, String callId, Kind kind, Instant at) {
        return new CallEventBuilder(provider, callId, kind, at);
    }

    /**
     * Where two events differ, the one with the greater rank wins. Later events win, except for reports: the first one
     * wins, and further ones only fill what it left empty. All sightings weigh the same, so that after the first one the
     * many others of a call change nothing.
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

    /** For all but the transcript: of the many conversations of a call, only the first one changes the call itself. */
    public long rankBesideTranscript() {
        return kind == Kind.CONVERSATION ? Kind.CONVERSATION.ordinal() * SPAN : rank();
    }
}
