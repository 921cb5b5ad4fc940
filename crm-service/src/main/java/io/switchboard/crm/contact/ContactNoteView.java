package io.switchboard.crm.contact;

import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A note as it is shown.
 *
 * @param authorId the user who wrote it; null where no user did
 */
public record ContactNoteView(
        UUID id, String content, @Nullable UUID authorId, OffsetDateTime createdAt) {
    static final String COLUMNS = "id, content, author_id, created_at";

    static ContactNoteView of(Row row) {
        return new ContactNoteView(
                row.getUUID("id"),
                row.getString("content"),
                row.getUUID("author_id"),
                row.getOffsetDateTime("created_at"));
    }
}
