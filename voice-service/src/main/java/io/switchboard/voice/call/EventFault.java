package io.switchboard.voice.call;

import io.switchboard.kit.peer.PeerRefusal;
import io.vertx.pgclient.PgException;
import java.util.regex.Pattern;

/**
 * Why an event failed, in the words that its organization reads. What a library or the database says may quote what was sent,
 * and goes nowhere.
 *
 * @param isFinal whether trying again cannot help
 */
record EventFault(String reason, boolean isFinal) {
    static final String UNTRANSLATABLE = "the event could not be translated";

    /** Data that PostgreSQL refuses, and transitions that triggers do. */
    private static final Pattern REFUSED = Pattern.compile("(22|23|54)...|SB409");

    static EventFault of(Throwable failure) {
        if (failure instanceof SlowTranslation) {
            return new EventFault("the event took too long to translate", true);
        }
        if (failure instanceof PgException database && isRefusal(database)) {
            return new EventFault("the database refuses what the event says", true);
        }
        if (failure instanceof PeerRefusal refusal) {
            return new EventFault("crm-service answered " + refusal.status(), false);
        }
        return new EventFault("a fault of ours", false);
    }

    private static boolean isRefusal(PgException failure) {
        return failure.getSqlState() != null
                && REFUSED.matcher(failure.getSqlState()).matches();
    }

    /** For the log: what failed, without what was sent. */
    static String kind(Throwable failure) {
        if (failure instanceof PgException database) {
            return "SQLSTATE " + database.getSqlState();
        }
        var trace = failure.getStackTrace();
        return failure.getClass().getName() + (trace.length == 0 ? "" : " at " + trace[0]);
    }
}
