package io.switchboard.audit.verify;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The first place where the log is not what was sealed.
 *
 * @param id of the record; null if it cannot be told
 * @param detail what was compared, for people
 */
record Finding(long sequence, @Nullable String id, Reason reason, String detail) {
    enum Reason {
        CHANGED,
        MISSING,
        ADDED,
        MOVED,
        CHECKPOINT;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The sentence. An id that is no UUID is not repeated: it comes from outside. */
    @Override
    public String toString() {
        var known = id != null && Uuids.isUuid(id) ? id : "unknown";
        return "broken: first at sequence " + sequence + ", id " + known + ": " + reason.word() + " (" + detail + ")";
    }
}
