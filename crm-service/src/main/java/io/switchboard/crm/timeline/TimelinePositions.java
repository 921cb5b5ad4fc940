package io.switchboard.crm.timeline;

import io.switchboard.kit.http.Cursor;
import io.switchboard.kit.problem.Problem;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How far the pages before have come, for each kind by itself: what was missing there is shown when its service is back, and nothing
 * twice. Its text is {@code kind time id} for each, in a cursor that is of one contact.
 */
record TimelinePositions(Map<String, Cursor> byKind) {
    private static final UUID NEWEST_ID = new UUID(-1, -1);

    /** Fails with {@code invalid_cursor}. */
    static TimelinePositions of(@Nullable Cursor given, UUID contactId) {
        var positions = new TreeMap<String, Cursor>();
        if (given != null) {
            var words = given.key().split(" ");
            if (!given.id().equals(contactId) || words.length % 3 != 0) {
                throw invalid();
            }
            for (int i = 0; i < words.length; i += 3) {
                positions.put(words[i], position(words[i + 1], words[i + 2]));
            }
        }
        return new TimelinePositions(positions);
    }

    /** Null at the beginning. */
    @Nullable
    Cursor of(String kind) {
        return byKind.get(kind);
    }

    /** The same after an item of the kind. */
    TimelinePositions after(TimelineItem item) {
        return with(item.kind(), Cursor.at(item.at(), item.id()));
    }

    /**
     * The same after items of other kinds, of which the given is the last: what comes of this kind is not newer. A kind that is
     * further on stays there.
     */
    TimelinePositions noNewer(String kind, TimelineItem last) {
        var known = byKind.get(kind);
        return known == null || known.time().isAfter(last.at()) ? with(kind, Cursor.at(last.at(), NEWEST_ID)) : this;
    }

    String cursor(UUID contactId) {
        var text = new StringBuilder();
        byKind.forEach((kind, position) -> text.append(text.isEmpty() ? "" : " ")
                .append(kind)
                .append(' ')
                .append(position.key())
                .append(' ')
                .append(position.id()));
        return new Cursor(text.toString(), contactId).encoded();
    }

    private TimelinePositions with(String kind, Cursor position) {
        var changed = new TreeMap<>(byKind);
        changed.put(kind, position);
        return new TimelinePositions(changed);
    }

    private static Cursor position(String time, String id) {
        try {
            var position = new Cursor(time, UUID.fromString(id));
            position.time();
            return position;
        } catch (IllegalArgumentException e) {
            throw invalid();
        }
    }

    private static Problem invalid() {
        return Problem.badRequest("invalid_cursor", "The cursor is not one that this list gave out.");
    }
}
