package io.switchboard.crm.contact;

import io.switchboard.kit.http.Cursor;
import io.switchboard.kit.http.Filters;
import io.switchboard.kit.tenant.ListQuery;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** The orders of a list of contacts. Each has an index on the same expressions. */
enum ContactOrder {
    UPDATED_AT("updatedAt", "updated_at desc, id desc", "(updated_at, id) < (?, ?)") {
        @Override
        Cursor after(ContactView last) {
            return Cursor.at(last.updatedAt(), last.id());
        }

        @Override
        Object[] values(Cursor cursor) {
            return new Object[] {cursor.time(), cursor.id()};
        }
    },
    LAST_CONTACT_AT("lastContactAt", Words.SORT_KEY + " desc, id desc", "(" + Words.SORT_KEY + ", id) < (?, ?)") {
        @Override
        Cursor after(ContactView last) {
            return Cursor.at(last.lastContactAt() == null ? Words.NO_CONTACT : last.lastContactAt(), last.id());
        }

        @Override
        Object[] values(Cursor cursor) {
            return new Object[] {cursor.time(), cursor.id()};
        }
    },
    NAME(
            "name",
            "(name is null), " + Words.NAME_KEY + ", id",
            "((name is null), " + Words.NAME_KEY + ", id) > (?, ?, ?)") {
        /** A name gets a mark, so that an empty one differs from a missing one. */
        @Override
        Cursor after(ContactView last) {
            return new Cursor(last.name() == null ? "" : "=" + last.name(), last.id());
        }

        @Override
        Object[] values(Cursor cursor) {
            var named = cursor.key().startsWith("=");
            return new Object[] {!named, named ? cursor.key().substring(1) : "", cursor.id()};
        }
    };

    /**
     * Constants of a class of their own, since an enum's are not set yet when its constants are created. Not coalesce: for
     * PostgreSQL it is not leakproof, so that under row security a cursor would not reach the index.
     */
    private static final class Words {
        static final String SORT_KEY =
                "(case when last_contact_at is null then timestamptz '0001-01-01 00:00:00+00' else last_contact_at end)";
        static final String NAME_KEY = "(case when name is null then '' else name end)";
        static final OffsetDateTime NO_CONTACT = OffsetDateTime.parse("0001-01-01T00:00:00Z");
    }

    private final String wire;
    private final String orderBy;
    private final String afterCursor;

    ContactOrder(String wire, String orderBy, String afterCursor) {
        this.wire = wire;
        this.orderBy = orderBy;
        this.afterCursor = afterCursor;
    }

    /** Fails with {@code invalid_filter}. */
    static ContactOrder of(@Nullable String wire) {
        if (wire == null || wire.isBlank()) {
            return UPDATED_AT;
        }
        for (var order : values()) {
            if (order.wire.equals(wire)) {
                return order;
            }
        }
        throw Filters.invalid("sort", "is one of: updatedAt, lastContactAt, name");
    }

    /** Ends a list with the rows after the cursor, in this order. */
    ListQuery end(ListQuery list, @Nullable Cursor after) {
        return (after == null ? list : list.and(afterCursor, values(after))).ordered(orderBy);
    }

    abstract Cursor after(ContactView last);

    abstract Object[] values(Cursor cursor);
}
