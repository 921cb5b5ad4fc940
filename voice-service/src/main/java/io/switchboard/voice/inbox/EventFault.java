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
    /** Data that PostgreSQL refuses, and transitions that triggers do. */
    private static final Pattern REFUSED = Pattern.compile("(22|23|54)...|SB409");

    static EventFault of(Throwable failure) {
        if (failure instanceof PermanentFailure) {
            return new EventFault(failure.getMessage(), true);
        }
        if (failure instanceof PgException database && isRefusal(database)) {
            return new EventFault("the database refuses what the event says", true);
        }
        if (failure instanceof PeerRefusal refusal) {
            return new EventFault(refusal.peer() + " answered " + refusal.status(), false);
        }
        return new EventFault("a fault of ours", false);
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
