package io.switchboard.voice.inbox;

import io.switchboard.kit.peer.PeerRefusal;
import io.vertx.pgclient.PgException;
import java.util.regex.Pattern;

/**
 * Why an event failed, in words for its organization. Messages of libraries and of the database may quote what was sent, so
 * they are never used.
 *
 * @param isFinal whether trying again cannot help
 */
public record EventFault(String reason, boolean isFinal) {
    static final String REFUSED_VALUE = "The database refuses a value of the event.";

    /**
     * Values that PostgreSQL refuses, and transitions that triggers do. Keys that are taken or missing are not among them: another
     * transaction may have been faster, and the next try then finds its row.
     */
    private static final Pattern REFUSED = Pattern.compile("22...|23(000|001|502|514)|54...|SB409");

    static EventFault of(Throwable failure) {
        if (failure instanceof PermanentFailure) {
            return new EventFault(failure.getMessage(), true);
        }
        if (failure instanceof PgException database && isRefusal(database)) {
            return new EventFault(REFUSED_VALUE, true);
        }
        if (failure instanceof PeerRefusal refusal) {
            return new EventFault(
                    refusal.peer() + " refused what follows from the event (status " + refusal.status() + ").", false);
        }
        return new EventFault("An internal error stopped the work on the event.", false);
    }

    private static boolean isRefusal(PgException failure) {
        return failure.getSqlState() != null
                && REFUSED.matcher(failure.getSqlState()).matches();
    }

    /** For the log: what failed, without what was sent. */
    public static String kind(Throwable failure) {
        if (failure instanceof PgException database) {
            return "SQLSTATE " + database.getSqlState();
        }
        var trace = failure.getStackTrace();
        return failure.getClass().getName() + (trace.length == 0 ? "" : " at " + trace[0]);
    }
}
